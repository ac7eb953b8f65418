// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetSocketAddress;
import java.net.Proxy;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proxies that demand a login. */
class ProxyTest {
    private static final String BASIC = "Basic bWU6cHJveHktcGFzcy0x";

    private final Bench bench = new Bench();
    private final Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", bench.server.getPort()));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void the_login_is_shown_when_the_proxy_demands_it_and_a_start_is_sent_again() {
        bench.answers(demand("Basic realm=\"x\""), created());
        try (ImpexClient client =
                behind("http").proxy(proxy, "me", "proxy-pass-1").build()) {
            assertThat(client.impex().exports().initiate(Bench.someExport()).id())
                    .isEqualTo("job-1");
        }
        assertThat(bench.request().getHeaders().get("Proxy-Authorization")).isNull();
        RecordedRequest second = bench.request();
        assertThat(second.getHeaders().get("Proxy-Authorization")).isEqualTo(BASIC);
        assertThat(second.getBody().utf8()).contains("my-folder/my-service");
    }

    @Test
    void a_tunnel_is_asked_for_with_the_login_and_the_login_goes_no_further() {
        bench.answers(new MockResponse.Builder().code(500).build());
        try (ImpexClient client = behind("https")
                .proxy(proxy, "me", "proxy-pass-1")
                .requestRetries(0)
                .build()) {
            catchThrowableOfType(
                    TransportException.class, () -> client.impex().exports().status("a"));
        }
        RecordedRequest connect = bench.request();
        assertThat(connect.getMethod()).isEqualTo("CONNECT");
        assertThat(connect.getHeaders().get("Proxy-Authorization")).isEqualTo(BASIC);
        assertThat(connect.getHeaders().get("Authorization")).isNull();
    }

    @Test
    void a_wrong_login_is_told_apart_and_never_shown() {
        for (String scheme : new String[] {"http", "https"}) {
            bench.answers(demand("Basic realm=\"x\""), demand("Basic realm=\"x\""));
            try (ImpexClient client =
                    behind(scheme).proxy(proxy, "me", "proxy-pass-1").build()) {
                assertRefused(client, "the proxy demands other credentials");
            }
            bench.server.setDispatcher(new mockwebserver3.QueueDispatcher());
        }
    }

    @Test
    void a_missing_login_and_another_scheme_than_basic_are_told_apart() {
        for (String scheme : new String[] {"http", "https"}) {
            bench.answers(demand("Basic realm=\"x\""));
            try (ImpexClient client = behind(scheme).proxy(proxy).build()) {
                assertRefused(client, "none are set");
            }
        }
        bench.answers(demand("Negotiate"));
        try (ImpexClient client =
                behind("http").proxy(proxy, "me", "proxy-pass-1").build()) {
            assertRefused(client, "another scheme than Basic");
        }
    }

    @Test
    void the_login_of_a_client_that_was_handed_in_is_kept() {
        bench.answers(demand("Basic realm=\"x\""), running());
        OkHttpClient given = bench.okhttp
                .newBuilder()
                .proxyAuthenticator((route, response) -> response.request()
                        .newBuilder()
                        .header("Proxy-Authorization", "Custom 1")
                        .build())
                .build();
        try (ImpexClient client = behind("http").httpClient(given).proxy(proxy).build()) {
            client.impex().exports().status("a");
        }
        bench.request();
        assertThat(bench.request().getHeaders().get("Proxy-Authorization")).isEqualTo("Custom 1");
    }

    private ImpexClient.Builder behind(String scheme) {
        return bench.builder().baseUrl(scheme + "://impex.invalid/t");
    }

    private void assertRefused(ImpexClient client, String words) {
        TransportException failure = catchThrowableOfType(
                TransportException.class, () -> client.impex().exports().status("a"));
        assertThat(failure.code()).isEqualTo(ErrorCode.PROXY_REFUSED);
        assertThat(failure).hasMessageContaining(words);
        assertThat(CapturedLogs.trace(failure)).doesNotContain("proxy-pass-1", BASIC.substring(6));
    }

    private static MockResponse demand(String challenge) {
        return new MockResponse.Builder()
                .code(407)
                .setHeader("Proxy-Authenticate", challenge)
                .build();
    }
}
