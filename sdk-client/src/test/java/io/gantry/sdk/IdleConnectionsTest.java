// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Idle connections that a server closes, over real sockets. */
class IdleConnectionsTest {
    private final IdleServer server = new IdleServer();

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void a_start_after_an_idle_connection_was_closed_is_sent_once_and_succeeds() throws Exception {
        try (ImpexClient client = settings().idleTimeout(Duration.ofHours(1)).build()) {
            client.impex().exports().status("a");
            server.awaitIdleClose();
            assertThat(client.impex().exports().initiate(Bench.someExport()).id())
                    .isEqualTo("job-1");
            server.awaitIdleClose();
            assertThat(client.impex().imports().initiate(Bench.someImport()).id())
                    .isEqualTo("job-1");
        }
        assertThat(server.requests())
                .containsExactly(
                        "1 GET /my-tenant/api/v4/export/a/status HTTP/1.1",
                        "2 POST /my-tenant/api/v4/export HTTP/1.1",
                        "3 POST /my-tenant/api/v4/import HTTP/1.1");
    }

    @Test
    void a_start_succeeds_also_with_a_client_that_was_handed_in_and_keeps_connections_for_long() throws Exception {
        OkHttpClient given = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(5, 1, TimeUnit.HOURS))
                .build();
        try (ImpexClient client = settings().httpClient(given).build()) {
            client.impex().exports().status("a");
            server.awaitIdleClose();
            client.impex().exports().initiate(Bench.someExport());
        }
        assertThat(server.requests()).hasSize(2);
        assertThat(given.connectionPool().connectionCount()).isZero();
    }

    @Test
    void a_start_that_is_repeated_after_a_pause_does_not_use_the_connection_that_was_idle_meanwhile() {
        server.refuseFirst();
        try (ImpexClient client = settings().idleTimeout(Duration.ofHours(1)).build()) {
            client.impex().exports().initiate(Bench.someExport());
        }
        assertThat(server.requests())
                .containsExactly(
                        "1 POST /my-tenant/api/v4/export HTTP/1.1", "2 POST /my-tenant/api/v4/export HTTP/1.1");
    }

    @Test
    void a_check_on_a_connection_that_was_closed_is_repeated_at_once_though_no_repetition_is_wanted() throws Exception {
        try (ImpexClient client =
                settings().idleTimeout(Duration.ofHours(1)).requestRetries(0).build()) {
            client.impex().exports().status("a");
            server.awaitIdleClose();
            client.impex().exports().status("b");
            server.awaitIdleClose();
            client.impex().exports().cancel("c");
        }
        assertThat(server.requests())
                .containsExactly(
                        "1 GET /my-tenant/api/v4/export/a/status HTTP/1.1",
                        "2 GET /my-tenant/api/v4/export/b/status HTTP/1.1",
                        "3 PATCH /my-tenant/api/v4/export/c HTTP/1.1");
    }

    @Test
    void idle_connections_are_dropped_before_the_usual_server_drops_them() {
        try (Bench bench = new Bench();
                ImpexClient client =
                        bench.builder().idleTimeout(Duration.ofMillis(20)).build()) {
            bench.answers(Bench.running());
            client.impex().exports().status("a");
            ConnectionPool pool = client.derive().pool;
            long begin = System.nanoTime();
            while (pool.connectionCount() > 0 && System.nanoTime() - begin < Bench.PATIENCE.toNanos()) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(pool.connectionCount()).isZero();
        }
    }

    @Test
    void an_idle_time_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> settings().idleTimeout(Duration.ofSeconds(-1)).build())
                .hasMessageContaining("idleTimeout is PT-1S");
        settings().idleTimeout(Duration.ZERO).build().close();
    }

    @Test
    void a_derived_client_shares_the_connections_unless_it_keeps_them_for_another_time() {
        try (ImpexClient client = settings().build();
                ImpexClient same = client.derive().tenant("other").build();
                ImpexClient other =
                        client.derive().idleTimeout(Duration.ofSeconds(1)).build()) {
            assertThat(same.derive().pool).isSameAs(client.derive().pool);
            assertThat(other.derive().pool).isNotSameAs(client.derive().pool);
        }
    }

    private ImpexClient.Builder settings() {
        return ImpexClient.builder().variables(Map.of()).baseUrl(server.url()).credentials(Credentials.none());
    }
}
