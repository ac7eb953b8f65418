// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the client goes and as whom. */
class ConfigurationTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} + {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                "http://localhost:8080/t, -, http://localhost:8080/t/api/v4/export, http://localhost:8080/auth/realms/t",
                "https://impex.example.org/My-Tenant/, -, https://impex.example.org/My-Tenant/api/v4/export, https://impex.example.org/auth/realms/My-Tenant",
                "http://localhost:8080, t, http://localhost:8080/t/api/v4/export, http://localhost:8080/auth/realms/t",
                "http://localhost:8080/t, t, http://localhost:8080/t/api/v4/export, http://localhost:8080/auth/realms/t",
                "http://h/gantry/impex, t, http://h/gantry/impex/t/api/v4/export, http://h/gantry/impex/auth/realms/t",
                "http://h/gantry/t, t, http://h/gantry/t/api/v4/export, http://h/gantry/auth/realms/t",
                "http://h/my%20tenant, -, http://h/my%20tenant/api/v4/export, http://h/auth/realms/my%20tenant",
                "https://spark.us.coherent.global/t, -, https://excel.us.coherent.global/t/api/v4/export, https://keycloak.us.coherent.global/auth/realms/t",
                "https://excel.uat.us.coherent.global, t, https://excel.uat.us.coherent.global/t/api/v4/export, https://keycloak.uat.us.coherent.global/auth/realms/t",
                "https://utility.us.coherent.global/t, -, https://utility.us.coherent.global/t/api/v4/export, https://keycloak.us.coherent.global/auth/realms/t"
            })
    void a_base_url_with_the_tenant_in_its_path_or_beside_it(String url, String tenant, String api, String realm) {
        ServerAddress address = ServerAddress.parse(url, tenant);
        assertThat(address.api("export")).hasToString(api);
        assertThat(address.tokenUrl()).hasToString(realm + "/protocol/openid-connect/token");
    }

    @Test
    void an_environment_and_a_tenant_are_trimmed_and_put_into_lower_case() {
        ServerAddress address = ServerAddress.ofEnvironment(" UAT.us ", " My-Tenant ");
        assertThat(address.api("export")).hasToString("https://excel.uat.us.coherent.global/my-tenant/api/v4/export");
        assertThat(address.tokenUrl())
                .hasToString(
                        "https://keycloak.uat.us.coherent.global/auth/realms/my-tenant/protocol/openid-connect/token");
    }

    @ParameterizedTest(name = "{0} + {1}")
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '`',
            value = {
                "localhost:8080/t, -, is no absolute http or https URL",
                "ftp://host/t, -, is no absolute http or https URL",
                "http://host, -, names no tenant",
                "http://host/a/b, -, has more than a tenant in its path",
                "http://me:secret@host/t, -, holds a user name or password",
                "http://host/t?x=1, -, has a query or fragment",
                "http://host, ``, is no name",
                "http://host, .., is no name",
                "http://host, a/b, is no name",
                "http://host, größe, no printable ASCII",
                "https://excel.us.coherent.global/t1, t2, names another tenant"
            })
    void a_base_url_that_cannot_be_meant(String url, String tenant, String problem) {
        assertThatThrownBy(() -> ServerAddress.parse(url, tenant))
                .isInstanceOfSatisfying(
                        ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        assertThatThrownBy(() -> ImpexClient.builder()
                        .variables(Map.of())
                        .requestRetries(-1)
                        .timeout(Duration.ZERO)
                        .header("no name", "x")
                        .header("x-value", "hidden\nvalue")
                        .build())
                .isInstanceOf(ImpexException.class)
                .hasMessageContaining("no server is given")
                .hasMessageContaining("no credentials are given")
                .hasMessageContaining("requestRetries is -1")
                .hasMessageContaining("timeout is PT0S")
                .hasMessageContaining("'no name' is no name for a header")
                .hasMessageContaining("value of header 'x-value'")
                .message()
                .doesNotContain("hidden");
    }

    @Test
    void connections_and_their_silence_may_last_a_minute_unless_it_is_set_otherwise() {
        OkHttpClient given = new OkHttpClient.Builder()
                .readTimeout(Duration.ofSeconds(7))
                .connectTimeout(Duration.ofSeconds(8))
                .build();
        ImpexClient.Builder settings =
                ImpexClient.builder().variables(Map.of()).baseUrl("http://h/t").credentials(Credentials.none());

        OkHttpClient usual = transport(settings);
        OkHttpClient quick = transport(settings.timeout(Duration.ofSeconds(3)));
        settings.timeout = null;
        OkHttpClient kept = transport(settings.httpClient(given));

        assertThat(usual.connectTimeoutMillis()).isEqualTo(60_000);
        assertThat(usual.readTimeoutMillis()).isEqualTo(60_000);
        assertThat(usual.writeTimeoutMillis()).isEqualTo(60_000);
        assertThat(quick.connectTimeoutMillis()).isEqualTo(3_000);
        assertThat(quick.readTimeoutMillis()).isEqualTo(3_000);
        assertThat(quick.writeTimeoutMillis()).isEqualTo(3_000);
        assertThat(kept.readTimeoutMillis()).isEqualTo(7_000);
        assertThat(kept.connectTimeoutMillis()).isEqualTo(8_000);
        assertThat(kept.followRedirects()).isFalse();
        assertThat(kept.retryOnConnectionFailure()).isFalse();
    }

    @Test
    void closing_a_client_closes_the_connections_of_its_own() {
        try (Bench bench = new Bench()) {
            ImpexClient.Builder settings = bench.builder();
            settings.httpClient = null;
            ImpexClient client = settings.build();
            ConnectionPool pool = client.derive().shared.connectionPool();
            bench.answers(Bench.running());
            client.impex().exports().status("j");
            assertThat(pool.connectionCount()).isEqualTo(1);
            client.close();
            assertThat(pool.connectionCount()).isZero();
        }
    }

    @Test
    void a_derived_client_keeps_everything_that_is_not_changed_credentials_above_all() {
        try (Bench bench = new Bench();
                ImpexClient first = bench.builder().header("x-team", "blue").build();
                ImpexClient second = first.derive().tenant("second").build();
                ImpexClient third = second.derive().baseUrl(bench.url() + "-3").build()) {
            for (ImpexClient client : new ImpexClient[] {first, second, third}) {
                bench.answers(Bench.running());
                client.impex().exports().status("j");
            }
            for (String tenant : new String[] {"my-tenant", "second", "my-tenant-3"}) {
                var request = bench.request();
                assertThat(request.getTarget()).startsWith("/" + tenant + "/api");
                assertThat(request.getHeaders().get("x-tenant-name")).isEqualTo(tenant);
                assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + Bench.TOKEN);
                assertThat(request.getHeaders().get("x-team")).isEqualTo("blue");
            }
        }
    }

    @Test
    void no_setting_is_lost_on_the_way_to_a_derived_client() throws Exception {
        OkHttpClient given = new OkHttpClient();
        ImpexClient.Builder settings = ImpexClient.builder()
                .variables(Map.of("a", "b"))
                .baseUrl("http://h/t")
                .credentials(Credentials.token("t"))
                .header("x-team", "blue")
                .timeout(Duration.ofSeconds(3))
                .requestRetries(7)
                .waiting(Waiting.defaults().maxRetries(9))
                .proxy(Proxy.NO_PROXY, "me", "pass")
                .idleTimeout(Duration.ofSeconds(2))
                .userAgent("billing/1")
                .httpClient(given)
                .executor(Runnable::run)
                .listener(new ImpexListener() {});
        settings.time = new VirtualTime();
        settings.ids = () -> new UUID(1, 2);
        settings.random = () -> 0.5;
        try (ImpexClient client = settings.build()) {
            for (Field field : ImpexClient.Builder.class.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !Set.of("baseUrl", "tenant", "environment", "derivedFrom", "shared", "pool")
                                .contains(field.getName())) {
                    assertThat(field.get(client.derive()))
                            .as(field.getName())
                            .isNotNull()
                            .isNotEqualTo(field.get(ImpexClient.builder()))
                            .isSameAs(field.get(settings));
                }
            }
        }
    }

    @Test
    void closing_a_client_leaves_those_derived_from_it_working() {
        try (Bench bench = new Bench()) {
            ImpexClient.Builder settings = bench.builder();
            settings.httpClient = null;
            ImpexClient first = settings.build();
            try (ImpexClient second = first.derive().build()) {
                first.close();
                bench.answers(Bench.running());
                assertThat(second.impex().exports().status("j").id()).isEqualTo("j");
            }
        }
    }

    @Test
    void a_client_that_was_handed_in_is_built_upon() {
        try (Bench bench = new Bench()) {
            OkHttpClient given = bench.okhttp
                    .newBuilder()
                    .addInterceptor(chain -> chain.proceed(
                            chain.request().newBuilder().header("x-seen", "yes").build()))
                    .build();
            try (ImpexClient client = bench.builder().httpClient(given).build()) {
                bench.answers(Bench.running());
                client.impex().exports().status("j");
                assertThat(bench.request().getHeaders().get("x-seen")).isEqualTo("yes");
            }
        }
    }

    @Test
    void requests_go_through_the_proxy_that_is_set() {
        try (Bench bench = new Bench();
                ImpexClient client = bench.builder()
                        .baseUrl("http://impex.invalid/t")
                        .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", bench.server.getPort())))
                        .build()) {
            bench.answers(Bench.running());
            client.impex().exports().status("j");
            assertThat(bench.request().getRequestLine())
                    .isEqualTo("GET http://impex.invalid/t/api/v4/export/j/status HTTP/1.1");
        }
    }

    @Test
    void a_token_endpoint_of_ones_own_is_used_and_gets_no_other_header_of_the_user() {
        try (Bench bench = new Bench();
                Bench identity = new Bench();
                ImpexClient client = bench.builder()
                        .header("x-private", "secret-header")
                        .credentials(Credentials.clientCredentials(
                                "i",
                                "s",
                                URI.create(identity.server.url("/oauth").toString())))
                        .build()) {
            identity.answers(Bench.json("{\"access_token\":\"t\"}"));
            bench.answers(Bench.running());
            client.impex().exports().status("j");
            var request = identity.request();
            assertThat(request.getTarget()).isEqualTo("/oauth");
            assertThat(request.getHeaders().get("x-private")).isNull();
            assertThat(bench.request().getHeaders().get("Authorization")).isEqualTo("Bearer t");
        }
    }

    private static OkHttpClient transport(ImpexClient.Builder settings) {
        try (ImpexClient client = settings.build()) {
            return client.derive().shared;
        }
    }
}
