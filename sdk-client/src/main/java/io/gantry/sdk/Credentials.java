// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** What the client shows to be let in. No text form of it shows a secret. */
public final class Credentials {
    /** The ways to be let in. */
    enum Kind {
        NONE,
        TOKEN,
        API_KEY,
        CLIENT_CREDENTIALS
    }

    private static final String OPEN = "open";
    private static final Credentials PUBLIC = new Credentials(Kind.NONE, "", "", null);

    private final Kind kind;
    private final String name;
    private final String secret;
    private final @Nullable URI tokenUrl;

    private Credentials(Kind kind, String name, String secret, @Nullable URI tokenUrl) {
        this.kind = kind;
        this.name = name;
        this.secret = secret;
        this.tokenUrl = tokenUrl;
    }

    /**
     * {@return a bearer token, sent as {@code Authorization}}
     *
     * @param token the token, with or without the word {@code Bearer} before it; {@code open} means none
     */
    public static Credentials token(String token) {
        String bare = token.strip().replaceFirst("(?i)^bearer\\s+", "");
        return bare.equals(OPEN) ? PUBLIC : new Credentials(Kind.TOKEN, "", checked("token", bare), null);
    }

    /**
     * {@return an API key, sent as {@code x-synthetic-key}}
     *
     * @param key the key; {@code open} means none
     */
    public static Credentials apiKey(String key) {
        return key.strip().equals(OPEN)
                ? PUBLIC
                : new Credentials(Kind.API_KEY, "", checked("API key", key.strip()), null);
    }

    /**
     * {@return OAuth2 client credentials} An access token is fetched when the first call needs one, and again when it
     * has expired or is refused.
     *
     * @param clientId the client's id
     * @param clientSecret its secret
     */
    public static Credentials clientCredentials(String clientId, String clientSecret) {
        return new Credentials(
                Kind.CLIENT_CREDENTIALS,
                checked("client id", clientId.strip()),
                checked("client secret", clientSecret.strip()),
                null);
    }

    /**
     * {@return OAuth2 client credentials with a token endpoint of one's own}
     *
     * @param clientId the client's id
     * @param clientSecret its secret
     * @param tokenUrl where tokens are fetched; the secret is sent there
     */
    public static Credentials clientCredentials(String clientId, String clientSecret, URI tokenUrl) {
        if (HttpUrl.get(tokenUrl) == null) {
            throw invalid("the token URL is no absolute http or https URL");
        }
        Credentials pair = clientCredentials(clientId, clientSecret);
        return new Credentials(pair.kind, pair.name, pair.secret, tokenUrl);
    }

    /**
     * {@return OAuth2 client credentials out of a file}
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

    /** {@return no credentials at all, for servers that are open to everyone} */
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
