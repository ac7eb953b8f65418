// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The credentials that the client sends. {@link #toString()} shows their kind but no secret. */
public final class Credentials {
    /** The kinds of credentials. */
    enum Kind {
        NONE,
        TOKEN,
        API_KEY,
        SUPPLIED,
        CLIENT_CREDENTIALS
    }

    private static final String OPEN = "open";
    private static final Credentials PUBLIC = new Credentials(Kind.NONE, "", "", null, () -> "");

    private final Kind kind;
    private final String name;
    private final String secret;
    private final @Nullable URI tokenUrl;
    private final Supplier<String> supplier;

    private Credentials(Kind kind, String name, String secret, @Nullable URI tokenUrl, Supplier<String> supplier) {
        this.kind = kind;
        this.name = name;
        this.secret = secret;
        this.tokenUrl = tokenUrl;
        this.supplier = supplier;
    }

    /**
     * {@return a bearer token, sent as {@code Authorization}}
     *
     * @param token the token, with or without the word {@code Bearer} before it; {@code open} means no credentials
     */
    public static Credentials token(String token) {
        String bare = bare(token);
        return bare.equals(OPEN) ? PUBLIC : fixed(Kind.TOKEN, "", checked("token", bare));
    }

    /**
     * {@return bearer tokens that the application renews} The supplier is asked before each request, and once more after
     * the server has refused its token; if it then gives another one, the request is repeated.
     *
     * @param current gives the current token, with or without the word {@code Bearer} before it; called by several
     *     threads at once, so it should keep a token for as long as it is valid
     */
    public static Credentials token(Supplier<String> current) {
        return new Credentials(Kind.SUPPLIED, "", "", null, current);
    }

    /**
     * {@return an API key, sent as {@code x-synthetic-key}}
     *
     * @param key the key; {@code open} means no credentials
     */
    public static Credentials apiKey(String key) {
        return key.strip().equals(OPEN) ? PUBLIC : fixed(Kind.API_KEY, "", checked("API key", key.strip()));
    }

    /**
     * {@return OAuth2 client credentials} The client fetches an access token with the first call, and another one
     * shortly before it expires or when the server refuses it.
     *
     * @param clientId the client's id
     * @param clientSecret its secret
     */
    public static Credentials clientCredentials(String clientId, String clientSecret) {
        return fixed(
                Kind.CLIENT_CREDENTIALS,
                checked("client id", clientId.strip()),
                checked("client secret", clientSecret.strip()));
    }

    /**
     * {@return OAuth2 client credentials for another token endpoint than the server's}
     *
     * @param clientId the client's id
     * @param clientSecret its secret
     * @param tokenUrl the token endpoint; the secret is sent there
     */
    public static Credentials clientCredentials(String clientId, String clientSecret, URI tokenUrl) {
        if (HttpUrl.get(tokenUrl) == null) {
            throw invalid("the token URL is no absolute http or https URL");
        }
        Credentials pair = clientCredentials(clientId, clientSecret);
        return new Credentials(pair.kind, pair.name, pair.secret, tokenUrl, pair.supplier);
    }

    /**
     * {@return OAuth2 client credentials read from a file}
     *
     * @param jsonFile a JSON object with {@code client_id} and {@code client_secret}, or {@code clientId} and
     *     {@code clientSecret}
     * @throws ImpexException with {@link ErrorCode#INVALID_CONFIGURATION} if there is no such file or pair
     */
    public static Credentials clientCredentials(Path jsonFile) {
        Map<String, Object> fields;
        try {
            fields = Json.parse(Files.readAllBytes(jsonFile))
                    .orElseThrow(() -> invalid("the credentials file " + jsonFile + " holds no JSON object"));
        } catch (IOException e) {
            throw invalid("the credentials file " + jsonFile + " cannot be read: " + e);
        }
        Optional<String> id = Json.text(fields, "client_id").or(() -> Json.text(fields, "clientId"));
        Optional<String> secret = Json.text(fields, "client_secret").or(() -> Json.text(fields, "clientSecret"));
        if (id.isEmpty() || secret.isEmpty()) {
            throw invalid("the credentials file " + jsonFile + " lacks client_id or client_secret");
        }
        return clientCredentials(id.get(), secret.get());
    }

    /** {@return the absence of credentials, for open servers} */
    public static Credentials none() {
        return PUBLIC;
    }

    /** {@return the kind of credentials, without anything secret} */
    @Override
    public String toString() {
        return "Credentials[" + kind + "]";
    }

    Kind kind() {
        return kind;
    }

    String clientId() {
        return name;
    }

    String secret() {
        return secret;
    }

    /** A token from the supplier; fails with words that do not show it. */
    String supplied() {
        return checked("token", bare(Objects.requireNonNull(supplier.get(), "it gave null")));
    }

    Optional<URI> tokenUrl() {
        return Optional.ofNullable(tokenUrl);
    }

    Collection<String> secrets() {
        return secret.isEmpty() ? List.of() : List.of(secret);
    }

    /** The credentials that the environment variables hold; the stronger kind wins. */
    static Optional<Credentials> in(Map<String, String> variables) {
        String id = variables.getOrDefault("CSPARK_CLIENT_ID", "");
        String secret = variables.getOrDefault("CSPARK_CLIENT_SECRET", "");
        String file = variables.getOrDefault("CSPARK_OAUTH_PATH", "");
        String key = variables.getOrDefault("CSPARK_API_KEY", "");
        String token = variables.getOrDefault("CSPARK_BEARER_TOKEN", "");
        if (!id.isBlank() && !secret.isBlank()) {
            return Optional.of(clientCredentials(id, secret));
        }
        if (!file.isBlank()) {
            return Optional.of(clientCredentials(Path.of(file.strip())));
        }
        if (!key.isBlank()) {
            return Optional.of(apiKey(key));
        }
        return Stream.of(token).filter(text -> !text.isBlank()).findFirst().map(Credentials::token);
    }

    private static Credentials fixed(Kind kind, String name, String secret) {
        return new Credentials(kind, name, secret, null, () -> "");
    }

    private static String bare(String token) {
        return token.strip().replaceFirst("(?i)^bearer(\\s+|$)", "");
    }

    /** Refuses what no header can carry, without showing it. */
    private static String checked(String what, String value) {
        if (value.isEmpty()) {
            throw invalid("the " + what + " is empty");
        }
        if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw invalid("the " + what + " has characters that are no printable ASCII");
        }
        return value;
    }

    private static ImpexException invalid(String message) {
        return new ImpexException(ErrorCode.INVALID_CONFIGURATION, message);
    }
}
