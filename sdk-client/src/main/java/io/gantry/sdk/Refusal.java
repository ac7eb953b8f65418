// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.MediaType;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is no success, as an exception may carry it: bounded, and with credentials masked.
 *
 * @param headers by name, without regard to case
 * @param body the text of the body, or its beginning
 * @param truncated whether the body went on
 * @param messages what the body says
 * @param retryAfter the pause that the server asks for, or null
 */
record Refusal(
        Map<String, List<String>> headers,
        String body,
        boolean truncated,
        List<ServerMessage> messages,
        @Nullable Duration retryAfter) {
    static final Refusal NONE = new Refusal(Map.of(), "", false, List.of(), null);

    private static final int LIMIT = 64 * 1024;
    /** Read beyond the limit, so that a credential across the limit is masked as a whole. */
    private static final int MARGIN = 16 * 1024;

    private static final int LONGEST_PLAIN_MESSAGE = 4096;
    private static final int BUFFER = 8 * 1024;

    static Refusal of(Response response, Secrets secrets, Time time) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean complete = read(response, bytes);
        MediaType type = response.body().contentType();
        Charset charset = type == null ? StandardCharsets.UTF_8 : type.charset(StandardCharsets.UTF_8);
        String text = secrets.hide(bytes.toString(charset == null ? StandardCharsets.UTF_8 : charset));
        String body = text.length() <= LIMIT ? text : text.substring(0, LIMIT);
        List<ServerMessage> messages = messages(bytes.toByteArray(), text, type).stream()
                .map(message -> message.masked(secrets::hide))
                .toList();
        return new Refusal(
                headers(response, secrets),
                body,
                !complete || body.length() < text.length(),
                messages,
                RetryHint.in(response.headers(), time));
    }

    private static boolean read(Response response, ByteArrayOutputStream bytes) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = response.body().byteStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes.write(buffer, 0, n);
                if (bytes.size() > LIMIT + MARGIN) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            // The status says enough; a body that breaks off is no second failure.
            return false;
        }
    }

    /** The messages in a JSON value, whatever follows it, or else in plain text. */
    private static List<ServerMessage> messages(byte[] bytes, String text, @Nullable MediaType type) {
        String plain = text.strip();
        Object value = plain.matches("(?s)[{\\[\"].*") ? Json.first(bytes) : null;
        if (value instanceof Map<?, ?>) {
            return ServerMessage.ofErrorBody(Json.object(value));
        }
        if (value instanceof List<?> || value instanceof String) {
            return ServerMessage.listOf(value);
        }
        boolean stated = type == null
                || type.type().equals("text")
                        && type.subtype().toLowerCase(Locale.ROOT).equals("plain");
        boolean isMessage = stated
                && !plain.startsWith("<")
                && plain.length() <= LONGEST_PLAIN_MESSAGE
                && plain.chars().noneMatch(c -> c < 0x20 && !Character.isWhitespace(c) || c == 0xFFFD);
        return isMessage ? ServerMessage.listOf(plain) : List.of();
    }

    private static Map<String, List<String>> headers(Response response, Secrets secrets) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers()
                .forEach(header -> all.computeIfAbsent(header.getFirst(), none -> new ArrayList<>())
                        .add(secrets.hide(header.getSecond())));
        all.replaceAll((name, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(all);
    }
}
