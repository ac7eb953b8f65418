// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a sample looks like when it is read with certain options.
 *
 * @param options those it was read with
 * @param records whole ones only
 * @param width the number of cells that most records have
 * @param evenness the share of records that have it
 * @param score how much it looks like the right options: 0 to 1
 */
record Trial(FormatOptions options, List<List<String>> records, int width, double evenness, double score) {

    /**
     * Reads a sample.
     *
     * @param batch to read with
     */
    static Trial of(Sample sample, FormatOptions options, Limits limits, TextBatch batch) throws IOException {
        List<List<String>> records = new ArrayList<>();
        Set<List<String>> broken = Collections.newSetFromMap(new IdentityHashMap<>());
        double covered = read(sample, options, limits, batch, records, broken);
        int width = width(records);
        double evenness = evenness(records, broken, width);
        double score = width < 2 ? 0 : evenness * evenness * clean(records, width) * covered * (1 - 1.0 / (width + 1));
        return new Trial(options, records, width, evenness, score);
    }

    /** The share of whole records of the usual width, lines that look like comments left out. */
    private static double evenness(List<List<String>> records, Set<List<String>> broken, int width) {
        int right = 0;
        int counted = 0;
        for (List<String> record : records) {
            if (record.size() == width && !broken.contains(record)) {
                right++;
                counted++;
            } else if (!isComment(record) || broken.contains(record)) {
                counted++;
            }
        }
        return counted == 0 ? 0 : (double) right / counted;
    }

    /** Whether a record looks like a line of comment. */
    static boolean isComment(List<String> record) {
        return record.get(0).startsWith("#");
    }

    /** How many records have the usual width, for people. */
    String consistency() {
        long right = records.stream().filter(record -> record.size() == width).count();
        return right + " of " + records.size() + " records have " + width + " cells";
    }

    /**
     * Whether double quotes are the quotes all the same, when it was read with others: a third of the cells that
     * have one is enclosed in them, or there is but one, at the beginning of a cell. That one was forgotten to be closed.
     */
    boolean hasDoubleQuotes() {
        long enclosed = 0;
        long begun = 0;
        long others = 0;
        for (List<String> record : records) {
            for (String spaced : record) {
                String cell = spaced.strip();
                boolean begins = cell.startsWith("\"");
                if (begins && cell.length() > 1 && cell.endsWith("\"")) {
                    enclosed++;
                } else if (begins && cell.indexOf('"', 1) < 0) {
                    begun++;
                } else if (cell.contains("\"")) {
                    others++;
                }
            }
        }
        return enclosed > 0 && enclosed * 2 >= begun + others || (begun == 1 && others == 0);
    }

    /** Reads as far as it can; gives how much of the sample that was. */
    private static double read(
            Sample sample,
            FormatOptions options,
            Limits limits,
            TextBatch batch,
            List<List<String>> records,
            Set<List<String>> broken)
            throws IOException {
        long lines = 0;
        double covered = 1;
        try (RecordReader reader = new CsvFormat().reader(sample, options, limits)) {
            while (reader.read(batch)) {
                lines = copy(batch, records, broken);
            }
        } catch (ProviderException e) {
            lines = Math.max(lines, copy(batch, records, broken));
            long all = Math.max(1, sample.lines());
            // A sample that is cut off may well end inside a quoted cell, a file may not.
            covered = Math.min(1.0, (double) lines / all) * (sample.isWhole() ? 0.5 : 1);
        }
        if (!sample.isWhole() && covered == 1 && records.size() > 1) {
            records.remove(records.size() - 1);
        }
        return covered;
    }

    private static long copy(TextBatch batch, List<List<String>> records, Set<List<String>> broken) {
        long line = 0;
        for (int record = 0; record < batch.size(); record++) {
            List<String> cells = new ArrayList<>();
            for (int place = 0; place < batch.cells(record); place++) {
                cells.add(batch.text(record, place));
            }
            records.add(cells);
            if (batch.hasFaults() && batch.fault(record) != null) {
                broken.add(cells);
            }
            line = batch.line(record);
        }
        return line;
    }

    private static int width(List<List<String>> records) {
        Map<Integer, Integer> counts = new HashMap<>();
        int width = 0;
        for (List<String> record : records) {
            if (!isComment(record) || record.size() > 1) {
                counts.merge(record.size(), 1, Integer::sum);
            }
        }
        for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
            int best = counts.getOrDefault(width, 0);
            if (count.getValue() > best || count.getValue() == best && count.getKey() > width) {
                width = count.getKey();
            }
        }
        return width;
    }

    /** The share of cells without traces of another delimiter or of quotes that were not understood. */
    private static double clean(List<List<String>> records, int width) {
        long cells = 0;
        long clean = 0;
        for (List<String> record : records) {
            if (record.size() == width) {
                cells += width;
                clean += record.stream().filter(Trial::isClean).count();
            }
        }
        return cells == 0 ? 0 : (double) clean / cells;
    }

    private static boolean isClean(String cell) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return true;
        }
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        if (first == '"' || first == '\'' && last == '\'') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t' || c == '|') {
                return false;
            }
            // A mark with a blank behind it is punctuation.
            if ((c == ',' || c == ';') && (i + 1 == text.length() || text.charAt(i + 1) != ' ')) {
                return CellKind.of(text) != CellKind.TEXT;
            }
        }
        return true;
    }
}
