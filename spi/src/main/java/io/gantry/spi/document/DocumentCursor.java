// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.DocumentQuery.Condition;
import io.gantry.spi.document.DocumentQuery.Position;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The text of a cursor: a position, behind a checksum of it and of the query.
 *
 * <p>The checksum finds out cursors that were cut, mended or taken from another query. It is no secret: a forged cursor
 * leads to no other documents than the query's own.
 */
final class DocumentCursor {

    private static final int CHECKSUM = 8;

    private DocumentCursor() {}

    static String encode(DocumentQuery query, Position position) {
        Object value = position.value();
        byte[] text =
                ((value == null ? "-" : type(value) + value) + '\0' + position.id()).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(checksum(query, text), CHECKSUM + text.length);
        System.arraycopy(text, 0, bytes, CHECKSUM, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Position decode(DocumentQuery query, String cursor) {
        Position position = read(query, cursor);
        if (position == null) {
            throw new ProviderException(
                    "INVALID_CURSOR", FailureKind.DATA, "The cursor is not one that a query like this was given");
        }
        return position;
    }

    private static @Nullable Position read(DocumentQuery query, String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length <= CHECKSUM) {
                return null;
            }
            byte[] text = Arrays.copyOfRange(bytes, CHECKSUM, bytes.length);
            if (!Arrays.equals(checksum(query, text), Arrays.copyOf(bytes, CHECKSUM))) {
                return null;
            }
            String[] parts = new String(text, StandardCharsets.UTF_8).split("\0", -1);
            Position position = new Position(value(parts[0]), parts[1]);
            return encode(query, position).equals(cursor) ? position : null;
        } catch (RuntimeException e) {
            return null; // cut or made up: whatever is wrong with it
        }
    }

    private static @Nullable Object value(String part) {
        String text = part.substring(1);
        return switch (part.charAt(0)) {
            case 'S' -> text;
            case 'L' -> Long.valueOf(text);
            case 'B' -> Boolean.valueOf(text);
            case 'I' -> Instant.parse(text);
            default -> null;
        };
    }

    private static String type(Object value) {
        return value.getClass().getSimpleName().substring(0, 1);
    }

    private static byte[] checksum(DocumentQuery query, byte[] text) {
        StringBuilder shape = new StringBuilder();
        shape.append(query.tenant()).append('\0').append(query.kind()).append('\0');
        shape.append(query.order()).append('\0').append(query.descending()).append('\0');
        for (Condition condition : query.conditions()) {
            shape.append(condition.attribute()).append('\0').append(condition.operator());
            shape.append('\0').append(condition.value()).append('\0');
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(shape.toString().getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(text), CHECKSUM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
