// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds out which record holds the names of the columns.
 *
 * <p>It is the first that is about as wide as most records and not mostly blank, if its cells look like names and not like
 * the values below them: each column votes.
 */
final class HeaderGuess {

    private static final int LATEST = 20;
    private static final int BELOW = 200;
    private static final Pattern LABEL = Pattern.compile("[\\p{L}_#][^@]{0,80}");
    private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");

    private final List<List<String>> records;
    private final int width;

    HeaderGuess(List<List<String>> records, int width) {
        this.records = records;
        this.width = width;
    }

    /** The number of the record, from 1; 0 when there seems to be none. */
    Guess find() {
        int at = candidate();
        if (at < 0) {
            return new Guess("0", 0.5, "No record has as many filled cells as the records have columns");
        }
        List<String> labels = records.get(at);
        Set<String> distinct = new HashSet<>();
        int filled = 0;
        for (String label : labels) {
            if (!label.isBlank()) {
                filled++;
                distinct.add(label.strip().toLowerCase(Locale.ROOT));
            }
        }
        double votes = distinct.size() - filled;
        int columns = 0;
        for (int column = 0; column < labels.size(); column++) {
            if (!labels.get(column).isBlank()) {
                votes += vote(labels, column, at);
                columns++;
            }
        }
        double certainty = Math.min(1, Math.abs(votes) / Math.max(1, columns * 0.5));
        if (votes <= 0) {
            return new Guess(
                    "0",
                    0.5 + 0.45 * certainty,
                    "Record " + (at + 1) + " has values like those of the records below it");
        }
        String before = at == 0 ? "" : ", behind " + at + (at == 1 ? " record" : " records") + " of another shape";
        return new Guess(
                String.valueOf(at + 1),
                0.5 + 0.45 * certainty,
                "Record " + (at + 1) + " has " + distinct.size() + " different labels, unlike the values below"
                        + before);
    }

    private int candidate() {
        for (int i = 0; i < Math.min(LATEST, records.size()); i++) {
            List<String> record = records.get(i);
            long filled = record.stream().filter(cell -> !cell.isBlank()).count();
            int tolerance = width > 2 ? 1 : 0;
            if (Math.abs(record.size() - width) <= tolerance && filled * 2 > record.size()) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a label is unlike the values below it: 1 when it is sure, -1 when it is one of them. */
    private double vote(List<String> labels, int column, int at) {
        String label = labels.get(column).strip();
        CellKind kind = CellKind.of(label);
        Map<CellKind, Integer> kinds = new EnumMap<>(CellKind.class);
        Set<Integer> lengths = new HashSet<>();
        boolean repeated = false;
        int values = 0;
        for (int i = at + 1; i < Math.min(records.size(), at + 1 + BELOW); i++) {
            List<String> record = records.get(i);
            String value = column < record.size() ? record.get(column).strip() : "";
            if (!value.isEmpty()) {
                values++;
                kinds.merge(CellKind.of(value), 1, Integer::sum);
                lengths.add(value.length());
                repeated |= value.equals(label);
            }
        }
        boolean named = kind == CellKind.TEXT && LABEL.matcher(label).matches();
        if (values == 0) {
            return named ? 0.1 : -0.1;
        }
        CellKind usual = usual(kinds, values);
        if (usual != CellKind.TEXT) {
            if (usual != kind) {
                return 1;
            }
            return YEAR.matcher(label).matches() && !repeated && isYearInRow(labels, column) ? 0.5 : -1;
        }
        if (repeated) {
            return -0.5;
        }
        if (lengths.size() == 1 && values > 1 && !lengths.contains(label.length())) {
            return 0.5;
        }
        return named ? 0.1 : -0.1;
    }

    /** What nine in ten values look like; text when they differ. */
    private static CellKind usual(Map<CellKind, Integer> kinds, int values) {
        for (Map.Entry<CellKind, Integer> entry : kinds.entrySet()) {
            if (entry.getValue() * 10 >= values * 9) {
                return entry.getKey();
            }
        }
        return CellKind.TEXT;
    }

    /** Whether a label that is a year has the year before or after as its neighbour. */
    private static boolean isYearInRow(List<String> labels, int column) {
        int year = Integer.parseInt(labels.get(column).strip());
        for (int other = Math.max(0, column - 1); other <= Math.min(labels.size() - 1, column + 1); other++) {
            String label = labels.get(other).strip();
            if (YEAR.matcher(label).matches() && Math.abs(Integer.parseInt(label) - year) == 1) {
                return true;
            }
        }
        return false;
    }
}
