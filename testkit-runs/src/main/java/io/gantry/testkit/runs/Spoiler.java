// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.spi.dataset.LoadMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Spoils rows of a file: single cells, the number of cells, or what the rows of a file and a dataset are to each other. */
final class Spoiler {

    /** What can be put into a cell, and the code of it. */
    private record BadCell(String field, String text, String code) {}

    private static final List<BadCell> BAD_CELLS = List.of(
            new BadCell(People.ID, "", "REQUIRED"),
            new BadCell("count", "many", "NOT_AN_INTEGER"),
            new BadCell("count", "", "REQUIRED"),
            new BadCell("count", "9223372036854775808", "OUT_OF_RANGE"),
            new BadCell("amount", "12345678901.5", "OUT_OF_RANGE"),
            new BadCell("amount", "ten", "NOT_A_DECIMAL"),
            new BadCell("born", "2023-02-29", "NOT_A_DATE"),
            new BadCell("active", "perhaps", "NOT_A_BOOLEAN"),
            new BadCell("seen", "yesterday", "NOT_A_TIMESTAMP"),
            new BadCell(People.CODE, "x".repeat(21), "TOO_LONG"),
            new BadCell("note", "é".repeat(61), "TOO_LONG"));

    private final Random random;
    private final LoadMode mode;
    private final Rules rules;
    private final RunModel model;
    private final List<List<String>> perfect;

    Spoiler(Random random, LoadMode mode, Rules rules, RunModel model, List<List<String>> perfect) {
        this.random = random;
        this.mode = mode;
        this.rules = rules;
        this.model = model;
        this.perfect = perfect;
    }

    /** The file: none, few or many of its rows spoilt. */
    List<FileRow> spoil() {
        int share = random.nextInt(4);
        List<FileRow> rows = new ArrayList<>();
        for (List<String> row : perfect) {
            boolean spoils = share > 0 && random.nextInt(12) < share;
            rows.add(spoils ? spoil(row) : FileRow.good(row));
        }
        return rows;
    }

    private FileRow spoil(List<String> good) {
        return switch (random.nextInt(8)) {
            case 0 -> width(good);
            case 1 -> with(good, People.ID, anyId());
            case 2 -> mode == LoadMode.UPDATE ? with(good, People.ID, "nobody") : with(good, People.ID, oldId(good));
            case 3 -> with(good, People.CODE, anyCode());
            case 4 -> with(good, People.TEAM, "pink");
            default -> cell(good);
        };
    }

    private FileRow cell(List<String> good) {
        List<BadCell> possible =
                BAD_CELLS.stream().filter(bad -> rules.has(bad.field())).toList();
        BadCell bad = possible.get(random.nextInt(possible.size()));
        return new FileRow(with(good, bad.field(), bad.text()).cells(), bad.code());
    }

    private FileRow width(List<String> good) {
        List<String> row = new ArrayList<>(good);
        if (rules.sheet() || random.nextBoolean()) {
            row.add("surplus");
            return new FileRow(row, "EXTRA_CELLS");
        }
        row.remove(row.size() - 1);
        return new FileRow(row, "MISSING_CELLS");
    }

    private FileRow with(List<String> good, String field, String text) {
        List<String> row = new ArrayList<>(good);
        if (rules.has(field)) {
            row.set(rules.fields().indexOf(field), text);
        }
        return FileRow.good(row);
    }

    private String anyId() {
        return perfect.get(random.nextInt(perfect.size())).get(0);
    }

    private String oldId(List<String> good) {
        List<String> ids = List.copyOf(model.rows().keySet());
        return ids.isEmpty() ? good.get(0) : ids.get(random.nextInt(ids.size()));
    }

    /** The code of another row of the file or the dataset. */
    private String anyCode() {
        int place = rules.fields().indexOf(People.CODE);
        if (place >= 0 && random.nextBoolean()) {
            return perfect.get(random.nextInt(perfect.size())).get(place);
        }
        List<String> codes = model.rows().values().stream()
                .map(row -> People.text(row.get(People.place(People.CODE))))
                .toList();
        return codes.isEmpty() ? "" : codes.get(random.nextInt(codes.size()));
    }
}
