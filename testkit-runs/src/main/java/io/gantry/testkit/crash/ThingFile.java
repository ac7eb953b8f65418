// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.spi.file.FileContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A file of things.
 *
 * @param name its name
 * @param things its rows, by their keys
 * @param bad the keys of rows in which the count is no number
 */
record ThingFile(String name, Map<String, Thing> things, Set<String> bad) implements FileContent {

    private static final int OLD = 10;

    static ThingFile of(String name, List<Thing> things, Set<String> bad) {
        Map<String, Thing> rows = new LinkedHashMap<>();
        things.forEach(thing -> rows.put(thing.id(), thing));
        return new ThingFile(name, rows, bad);
    }

    /** What the dataset holds at first. */
    static ThingFile first() {
        List<Thing> things = new ArrayList<>();
        for (int i = 0; i < OLD; i++) {
            things.add(old(i, i));
        }
        return of("first.csv", things, Set.of());
    }

    /** Rows that are new, changed, the same and bad; some old ones are not named. */
    static ThingFile second() {
        List<Thing> things = new ArrayList<>();
        for (int i = 0; i < OLD - 2; i++) {
            things.add(old(i, i == OLD - 4 ? i : 100 + i));
        }
        for (int i = 0; i < 3 * OLD; i++) {
            things.add(new Thing("new" + i, i, "something new"));
        }
        return of("second.csv", things, Set.of("old7", "new7"));
    }

    private static Thing old(int number, long count) {
        return new Thing("old" + number, count, "something old");
    }

    List<Thing> good() {
        return things.values().stream()
                .filter(thing -> !bad.contains(thing.id()))
                .toList();
    }

    Set<String> ids() {
        return things.keySet();
    }

    ThingFile mended() {
        return new ThingFile("mended.csv", things, Set.of());
    }

    ThingFile onlyBad() {
        Map<String, Thing> rows = new LinkedHashMap<>(things);
        rows.keySet().retainAll(bad);
        return new ThingFile(name, rows, bad);
    }

    private byte[] bytes() {
        return things.values().stream()
                .map(thing -> bad.contains(thing.id()) ? thing.id() + ",many," + thing.note() : thing.text())
                .collect(Collectors.joining("\n", String.join(",", CrashKit.SCHEMA.names()) + "\n", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long length() {
        return bytes().length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes());
    }
}
