// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A file of which everything is known.
 *
 * @param perfect its rows as they should be
 * @param rows its rows as they are, in the same order
 * @param content the file
 * @param records its records as they stand in the file, where it is a text; the header comes first
 */
record SampleFile(List<List<String>> perfect, List<FileRow> rows, MemoryFile content, List<String> records) {

    static SampleFile of(String name, World world, List<List<String>> perfect, List<FileRow> rows) throws IOException {
        if (world.rules().sheet()) {
            return new SampleFile(perfect, rows, Format.xlsx().typed(name + ".xlsx", world.columns(), rows), List.of());
        }
        CsvText text = new CsvText(world.random()).add(world.rules().fields());
        rows.forEach(row -> text.add(row.cells()));
        return new SampleFile(perfect, rows, text.file(name + ".csv"), text.records());
    }

    /** The format of the files of a world. */
    static Format format(World world) {
        return world.rules().sheet() ? Format.xlsx() : Format.csv();
    }

    /** A file of texts, in the format of the world's files. */
    static MemoryFile texts(World world, String name, List<List<String>> records) throws IOException {
        if (world.rules().sheet()) {
            return Format.xlsx().texts(name + ".xlsx", records);
        }
        CsvText text = new CsvText(world.random());
        records.forEach(text::add);
        return text.file(name + ".csv");
    }

    /** The same file, some of its rows mended. */
    MemoryFile mended(World world, Set<Integer> places) throws IOException {
        List<List<String>> records = new ArrayList<>(List.of(world.rules().fields()));
        for (int i = 0; i < rows.size(); i++) {
            records.add(places.contains(i) ? perfect.get(i) : rows.get(i).cells());
        }
        return texts(world, "mended", records);
    }
}
