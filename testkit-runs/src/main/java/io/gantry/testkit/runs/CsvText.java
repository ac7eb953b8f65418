// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes CSV as many hands do: quotes where they must be and where they need not be, and either kind of line end. */
final class CsvText {

    private final Random random;
    private final List<String> records = new ArrayList<>();

    CsvText(Random random) {
        this.random = random;
    }

    CsvText add(List<String> cells) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean must = cell.matches("(?s).*[,\"\r\n].*");
            text.append(i == 0 ? "" : ",")
                    .append(must || random.nextInt(4) == 0 ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        records.add(text.toString());
        return this;
    }

    /** The records, as they stand in the file. */
    List<String> records() {
        return records;
    }

    MemoryFile file(String name) {
        String end = random.nextBoolean() ? "\r\n" : "\n";
        String last = random.nextInt(4) == 0 ? "" : end;
        return new MemoryFile(name, (String.join(end, records) + last).getBytes(StandardCharsets.UTF_8));
    }
}
