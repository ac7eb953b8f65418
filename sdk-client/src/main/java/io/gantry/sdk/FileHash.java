// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash that the server announced. The protocol names no algorithm, so the length decides, or a prefix such
 * as {@code sha256:}.
 *
 * @param algorithm the name that {@link MessageDigest} knows
 * @param hex the expected value in lower-case hex
 */
record FileHash(String algorithm, String hex) {
    private static final Pattern FORM = Pattern.compile(
            "\"?(?:(md5|sha-?(?:1|256|384|512))[:=-])?([0-9A-Za-z+/_-]+={0,2})\"?", Pattern.CASE_INSENSITIVE);
    private static final Map<Integer, String> BY_LENGTH =
            Map.of(16, "MD5", 20, "SHA-1", 32, "SHA-256", 48, "SHA-384", 64, "SHA-512");

    /** The hash in this text; empty if it is in no form that is recognised. */
    static Optional<FileHash> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        byte[] value = decode(form.group(2));
        String algorithm = BY_LENGTH.get(value.length);
        String named = form.group(1);
        boolean contradicts =
                named != null && algorithm != null && !plain(named).equals(plain(algorithm));
        return algorithm == null || contradicts
                ? Optional.empty()
                : Optional.of(new FileHash(algorithm, HexFormat.of().formatHex(value)));
    }

    MessageDigest digest() {
        return digest(algorithm);
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private static byte[] decode(String text) {
        try {
            if (text.length() % 2 == 0 && text.matches("[0-9a-fA-F]+")) {
                return HexFormat.of().parseHex(text);
            }
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String plain(String algorithm) {
        return algorithm.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
