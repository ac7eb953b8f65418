// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
                "http://host/t?x=1, -, goes on with a query or fragment",
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
    void environment_variables_are_defaults_and_the_stronger_credentials_win() throws Exception {
        Path file = Files.writeString(directory.resolve("c.json"), "{\"clientId\":\"f\",\"clientSecret\":\"fs\"}");
        Map<String, String> token = Map.of("CSPARK_BASE_URL", "http://h/t", "CSPARK_BEARER_TOKEN", "Bearer b");
        Map<String, String> key = with(token, "CSPARK_API_KEY", "k");
        Map<String, String> path = with(key, "CSPARK_OAUTH_PATH", file.toString());
        Map<String, String> pair = with(with(path, "CSPARK_CLIENT_ID", "i"), "CSPARK_CLIENT_SECRET", "s");

        assertThat(Credentials.in(token)).hasValueSatisfying(c -> assertCredentials(c, Credentials.Kind.TOKEN, "b"));
        assertThat(Credentials.in(key)).hasValueSatisfying(c -> assertCredentials(c, Credentials.Kind.API_KEY, "k"));
        assertThat(Credentials.in(path))
                .hasValueSatisfying(c -> assertCredentials(c, Credentials.Kind.CLIENT_CREDENTIALS, "fs"));
        assertThat(Credentials.in(pair))
                .hasValueSatisfying(c -> assertCredentials(c, Credentials.Kind.CLIENT_CREDENTIALS, "s"));
        assertThat(Credentials.in(with(token, "CSPARK_CLIENT_ID", "half a pair")))
                .hasValueSatisfying(c -> assertCredentials(c, Credentials.Kind.TOKEN, "b"));
        assertThat(shown(ImpexClient.builder().variables(pair)))
                .isEqualTo("ImpexClient[http://h/, tenant=t, Credentials[CLIENT_CREDENTIALS]]");
    }

    @Test
    void what_is_set_in_code_wins_over_environment_variables() {
        Map<String, String> variables =
                Map.of("CSPARK_BASE_URL", "http://h/t", "CSPARK_CLIENT_ID", "i", "CSPARK_CLIENT_SECRET", "s");
        assertThat(shown(ImpexClient.builder().variables(variables).credentials(Credentials.token("x"))))
                .isEqualTo("ImpexClient[http://h/, tenant=t, Credentials[TOKEN]]");
        assertThat(shown(ImpexClient.builder().variables(variables).tenant("t2")))
                .startsWith("ImpexClient[http://h/, tenant=t2,");
        assertThat(shown(ImpexClient.builder().variables(variables).baseUrl("https://other/t3")))
                .startsWith("ImpexClient[https://other/, tenant=t3,");
        assertThat(shown(ImpexClient.builder()
                        .variables(variables)
                        .environment("us")
                        .tenant("t4")))
                .startsWith("ImpexClient[https://excel.us.coherent.global/, tenant=t4,");
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

    @Test
    void credentials_that_no_request_can_carry_are_refused_without_being_shown() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.json"), "{}");
        Path broken = Files.writeString(directory.resolve("broken.json"), "hush-hush");
        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> Credentials.token(""),
            () -> Credentials.token("hush-hush\u00e9"),
            () -> Credentials.apiKey("hush-hush\nx"),
            () -> Credentials.clientCredentials("", "hush-hush"),
            () -> Credentials.clientCredentials("me", " "),
            () -> Credentials.clientCredentials("me", "hush-hush", URI.create("mailto:x")),
            () -> Credentials.clientCredentials(empty),
            () -> Credentials.clientCredentials(broken),
            () -> Credentials.clientCredentials(directory.resolve("none.json"))
        }) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
                    .hasNoCause()
                    .message()
                    .doesNotContain("hush-hush");
        }
    }

    private static String shown(ImpexClient.Builder builder) {
        try (ImpexClient client = builder.build()) {
            return client.toString();
        }
    }

    private static void assertCredentials(Credentials credentials, Credentials.Kind kind, String secret) {
        assertThat(credentials.kind()).isEqualTo(kind);
        assertThat(credentials.secret()).isEqualTo(secret);
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }
}
