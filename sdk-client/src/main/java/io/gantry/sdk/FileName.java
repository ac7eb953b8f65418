// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The name to give a downloaded file: a server's wish, made harmless. */
final class FileName {
    /** So that no file system finds it too long: 255 bytes, at up to three bytes a character, with room for a number. */
    private static final int LONGEST = 80;

    private static final Pattern EXTENDED =
            Pattern.compile("filename\\*\\s*=\\s*([^'\\s]+)'[^']*'([^;\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED =
            Pattern.compile("filename\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE = Pattern.compile("filename\\s*=\\s*([^\";\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DEVICE = Pattern.compile(
            "(con|prn|aux|nul|conin\\$|conout\\$|clock\\$|com[\\d¹²³]|lpt[\\d¹²³])\\s*(\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** Marks that are not seen, such as those that turn the direction of writing, and breaks of lines. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Zl}\\p{Zp}]");

    private FileName() {}

    /** The name in the header, else the last part of the address if it looks like a file, else the fallback. */
    static String choose(@Nullable String contentDisposition, HttpUrl url, String fallback) {
        List<String> segments = url.pathSegments();
        String last = segments.get(segments.size() - 1);
        return Optional.ofNullable(contentDisposition)
                .flatMap(FileName::inHeader)
                .map(FileName::harmless)
                .filter(name -> !name.isEmpty())
                .or(() -> Optional.of(harmless(last)).filter(name -> name.matches(".+\\.[A-Za-z0-9]{1,8}")))
                .orElse(harmless(fallback));
    }

    /** The name with a number before its extension, for when it is taken. */
    static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
    }

    private static Optional<String> inHeader(String header) {
        Matcher extended = EXTENDED.matcher(header);
        if (extended.find()) {
            try {
                return Optional.of(URLDecoder.decode(extended.group(2).replace("+", "%2B"), extended.group(1)));
            } catch (UnsupportedEncodingException | IllegalArgumentException e) {
                // A broken extended name leaves the plain one.
            }
        }
        Matcher quoted = QUOTED.matcher(header);
        if (quoted.find()) {
            return Optional.of(quoted.group(1).replaceAll("\\\\(.)", "$1"));
        }
        Matcher bare = BARE.matcher(header);
        return bare.find() ? Optional.of(bare.group(1)) : Optional.empty();
    }

    private static String trimmed(String name) {
        return name.replaceAll("^[.\\p{Z}]+|[.\\p{Z}]+$", "");
    }

    /** Only the last part of a path, without what file systems refuse or hide, or what makes a name look like another. */
    private static String harmless(String wish) {
        String last = wish.substring(Math.max(wish.lastIndexOf('/'), wish.lastIndexOf('\\')) + 1);
        String clean = trimmed(UNSEEN.matcher(last).replaceAll("").replaceAll("[\\p{Cc}<>:\"|?*]", "_"));
        String name = clean.length() <= LONGEST ? clean : trimmed(clean.substring(clean.length() - LONGEST));
        if (DEVICE.matcher(name).matches()) {
            name = "_" + name;
        }
        try {
            return Path.of(name).toString();
        } catch (InvalidPathException e) {
            // What it cannot write depends on the platform's character set, but ASCII goes everywhere.
            return name.replaceAll("[^ -~]", "_");
        }
    }
}
