// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.spi.dataset.LoadMode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes rows that nothing is wrong with. */
final class RowMaker {

    private static final List<String> NOTES = List.of(
            "",
            "plain",
            "with, comma",
            "with \"quotes\"",
            "two\nlines",
            "Ünïcödé 漢字 🙂",
            "=SUM(A1)",
            "-5",
            "'quoted",
            " blanks ",
            "tab\tinside",
            "_x0041_");

    private final Random random;
    private final RunModel model;
    private int codes;

    RowMaker(Random random, RunModel model) {
        this.random = random;
        this.model = model;
    }

    /** A row of all fields, with a code that no other row has where it must be unique. */
    List<String> row(String id) {
        List<String> row = new ArrayList<>();
        row.add(id);
        row.add(Integer.toString(random.nextInt(1_000) - 500));
        row.add(maybe(BigDecimal.valueOf(random.nextInt(), 2).toPlainString()));
        row.add(maybe(LocalDate.ofEpochDay(random.nextInt(80_000) - 55_000).toString()));
        row.add(maybe(Boolean.toString(random.nextBoolean())));
        row.add(maybe(Instant.ofEpochSecond(random.nextInt()).toString()));
        row.add(maybe("c" + (model.isUnique() ? codes++ : random.nextInt(5))));
        row.add(maybe(People.TEAMS.get(random.nextInt(People.TEAMS.size()))));
        row.add(NOTES.get(random.nextInt(NOTES.size())));
        return row;
    }

    private String maybe(String text) {
        return random.nextInt(5) == 0 ? "" : text;
    }

    /** Rows of some fields that a load takes one and all; some of them are in the dataset as they are. */
    List<List<String>> rows(LoadMode mode, List<String> fields, int atMost, String prefix) {
        List<String> old = new ArrayList<>(model.rows().keySet());
        Map<String, List<String>> rows = new LinkedHashMap<>();
        int count = random.nextInt(atMost);
        for (int i = 0; i < count; i++) {
            boolean existing = mode == LoadMode.UPDATE || (mode != LoadMode.INSERT && random.nextBoolean());
            if (existing && old.isEmpty()) {
                continue;
            }
            String id = existing ? old.get(random.nextInt(old.size())) : prefix + random.nextInt(1_000);
            List<String> row = row(id);
            if (existing) {
                stay(row, model.rows().get(id));
            }
            rows.put(
                    id,
                    fields.stream().map(field -> row.get(People.place(field))).toList());
        }
        return new ArrayList<>(rows.values());
    }

    /** Gives a row values that it has now: now and then all of them, often its code. */
    private void stay(List<String> row, @Nullable List<@Nullable Object> now) {
        boolean whole = random.nextInt(3) == 0;
        for (int i = 0; now != null && i < row.size(); i++) {
            if (whole || (i == People.place(People.CODE) && random.nextBoolean())) {
                row.set(i, People.text(now.get(i)));
            }
        }
    }
}
