// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import okhttp3.Headers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The credentials, given in code or by environment variables. */
class CredentialsTest {
    @TempDir
    private Path directory;

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
    void the_environment_of_the_process_gives_the_defaults() {
        assertThat(ImpexClient.builder().variables).isEqualTo(System.getenv());
    }

    @Test
    void variables_that_are_blank_are_as_good_as_none() {
        Map<String, String> blank = Map.of(
                "CSPARK_BASE_URL", " ",
                "CSPARK_CLIENT_ID", "",
                "CSPARK_CLIENT_SECRET", " ",
                "CSPARK_OAUTH_PATH", "",
                "CSPARK_API_KEY", " ",
                "CSPARK_BEARER_TOKEN", "");
        assertThatThrownBy(() -> ImpexClient.builder().variables(blank).build())
                .hasMessageContaining("no server is given")
                .hasMessageContaining("no credentials are given");
    }

    @Test
    void a_credentials_file_has_its_keys_in_either_spelling() throws Exception {
        for (String json : new String[] {
            "{\"client_id\":\"i\",\"client_secret\":\"s\"}", "{\"clientId\":\"i\",\"clientSecret\":\"s\"}"
        }) {
            Credentials credentials =
                    Credentials.clientCredentials(Files.writeString(directory.resolve("c.json"), json));
            assertThat(credentials.clientId()).isEqualTo("i");
            assertThat(credentials.secret()).isEqualTo("s");
        }
    }

    @Test
    void what_the_variables_hold_is_sent_unless_something_is_set_in_code() {
        try (Bench bench = new Bench()) {
            Map<String, String> key = Map.of("CSPARK_BASE_URL", bench.url(), "CSPARK_API_KEY", "k-1");
            Map<String, String> all =
                    with(with(key, "CSPARK_CLIENT_ID", "me"), "CSPARK_CLIENT_SECRET", "client-secret-1");
            ask(bench, bench.on(ImpexClient.builder()).variables(key));
            ask(bench, bench.on(ImpexClient.builder()).variables(all).credentials(Credentials.token("mine")));

            Headers byVariable = bench.request().getHeaders();
            assertThat(byVariable.get("x-synthetic-key")).isEqualTo("k-1");
            assertThat(byVariable.get("x-tenant-name")).isEqualTo("my-tenant");
            Headers byCode = bench.request().getHeaders();
            assertThat(byCode.get("Authorization")).isEqualTo("Bearer mine");
            assertThat(byCode.get("x-synthetic-key")).isNull();
            assertThat(bench.server.getRequestCount()).isEqualTo(2);
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

    @Test
    void a_derived_client_shows_the_very_credentials_of_the_first() {
        try (Bench bench = new Bench()) {
            ask(
                    bench,
                    bench.builder()
                            .credentials(Credentials.apiKey("key-1"))
                            .build()
                            .derive());
            assertThat(bench.request().getHeaders().get("x-synthetic-key")).isEqualTo("key-1");

            bench.answers(Bench.json("{\"access_token\":\"t-1\"}"));
            ask(
                    bench,
                    bench.builder()
                            .credentials(Credentials.clientCredentials("me", "client-secret-1"))
                            .build()
                            .derive());
            assertThat(bench.request().getBody().utf8()).endsWith("&client_secret=client-secret-1");
            assertThat(bench.request().getHeaders().get("Authorization")).isEqualTo("Bearer t-1");
        }
    }

    private static void ask(Bench bench, ImpexClient.Builder settings) {
        bench.answers(Bench.running());
        try (ImpexClient client = settings.build()) {
            client.impex().exports().status("j");
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
