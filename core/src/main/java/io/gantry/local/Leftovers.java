// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Deletes what killed processes left of files that they did not get to commit, or to delete. */
final class Leftovers {

    private static final Pattern OURS = Pattern.compile("([A-Za-z0-9_-]{22})(|\\.part|\\.txt|\\.txt\\.part)");

    private Leftovers() {}

    /**
     * Sweeps the folders of all tenants.
     *
     * @param before what was written to since may be in the hands of another process
     */
    static void sweep(Path root, Instant before) {
        try (Stream<Path> folders = Files.list(root)) {
            folders.filter(Files::isDirectory).forEach(folder -> sweepFolder(folder, before));
        } catch (IOException | UncheckedIOException e) {
            // Nobody misses what they hold: no reason not to start. Whoever opens the store next tries again.
        }
    }

    private static void sweepFolder(Path folder, Instant before) {
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            for (String name : names) {
                if (isLeft(name, names) && isOlder(folder.resolve(name), before)) {
                    Files.deleteIfExists(folder.resolve(name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a file is half of one: a part, bytes without their text, or a text without its bytes. */
    private static boolean isLeft(String name, Set<String> names) {
        Matcher ours = OURS.matcher(name);
        if (!ours.matches()) {
            return false;
        }
        return switch (ours.group(2)) {
            case "" -> !names.contains(name + ".txt");
            case ".txt" -> !names.contains(ours.group(1));
            default -> true;
        };
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        return Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isBefore(before);
    }
}
