// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Deletes what killed processes left of files that they did not get to commit, or to delete. */
final class Leftovers {

    /** The folder of the tenant, the ref, and what it is a part of: the bytes, or the text that makes a file found. */
    private static final Pattern PART = Pattern.compile("([0-9a-f]{32})\\.([A-Za-z0-9_-]{22})(|\\.txt)");

    private Leftovers() {}

    /**
     * Sweeps the folder of parts.
     *
     * @param before what was written to since may be in the hands of another process
     */
    static void sweep(Path root, Path parts, Instant before) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parts)) {
            for (Path part : all) {
                Matcher name = PART.matcher(part.getFileName().toString());
                if (name.matches() && isOlder(part, before)) {
                    sweep(
                            root.resolve(name.group(1)),
                            name.group(2),
                            part,
                            !name.group(3).isEmpty());
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Nobody misses what they hold: no reason not to start. Whoever opens the store next tries again.
        }
    }

    /** Where a text is left, the bytes may lie in their place already, or still: nobody finds them there. */
    private static void sweep(Path folder, String ref, Path part, boolean isText) throws IOException {
        if (isText && !Files.exists(folder.resolve(ref + ".txt"))) {
            Files.deleteIfExists(folder.resolve(ref));
        }
        Files.deleteIfExists(part);
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        return Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isBefore(before);
    }
}
