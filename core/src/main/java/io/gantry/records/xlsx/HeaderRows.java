// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.TextBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The rows of a header that has several: their texts are joined column by column, such as {@code 2024 / Amount}. */
final class HeaderRows {

    private static final String BETWEEN = " / ";

    private final List<List<String>> names = new ArrayList<>();

    /** Whether rows were added that have not become a record yet. */
    boolean isOpen() {
        return !names.isEmpty();
    }

    /** Adds the next row. */
    void add(RowCells cells, TextBatch from) {
        for (int column = 0; column < cells.width(); column++) {
            while (names.size() <= column) {
                names.add(new ArrayList<>());
            }
            String text = cells.text(column, from).strip();
            if (!text.isEmpty() && !names.get(column).contains(text)) {
                names.get(column).add(text);
            }
        }
    }

    /**
     * Adds the joined texts to the record of a batch.
     *
     * @param used where the batch's buffer is free
     * @return where it is free then
     */
    int end(TextBatch into, int used) {
        int at = used;
        for (List<String> column : names) {
            byte[] text = String.join(BETWEEN, column).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(text, 0, into.ensure(at + text.length), at, text.length);
            into.cell(at, text.length);
            into.kind(TextBatch.Kind.TEXT);
            at += text.length;
        }
        names.clear();
        return at;
    }
}
