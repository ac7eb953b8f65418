// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextReadableFormat.ShortRecords;
import io.gantry.validation.DriftFinding;
import java.io.IOException;
import java.util.List;

/**
 * Finds a header that has a name too many or too few: all records looked at have one and the same other number of cells. One
 * finding says so, instead of an issue for each row.
 */
final class HeaderWidth {

    private static final int LEAST = 3;
    private static final int SAMPLE = 1_000;

    private HeaderWidth() {}

    /**
     * @return at most one: records with more cells fail the run, as they would all be rejected; fewer are a warning, as cells
     *     may be missing at the end of each
     */
    static List<DriftFinding> of(Intake intake) throws IOException {
        List<String> header = intake.header();
        int names = header.size();
        while (names > 0 && header.get(names - 1).isBlank()) {
            names--;
        }
        if (names == 0 || intake.headerRow() == 0 || intake.records().shortRecords() == ShortRecords.WHOLE) {
            return List.of();
        }
        int width = 0;
        int seen = 0;
        TextBatch batch = new TextBatch(SAMPLE);
        try (RecordReader reader = intake.reader()) {
            while (seen < SAMPLE && reader.read(batch)) {
                for (int record = intake.firstData(batch); record < batch.size() && seen < SAMPLE; record++) {
                    int cells = filled(batch, record, names + intake.lead()) - intake.lead();
                    if (cells == names || width > 0 && cells != width) {
                        return List.of();
                    }
                    width = cells;
                    seen++;
                }
            }
        }
        if (seen < LEAST) {
            return List.of();
        }
        Reaction reaction = width > names ? Reaction.FAIL : Reaction.WARN;
        return List.of(new DriftFinding(
                DriftFinding.Kind.HEADER_WIDTH,
                header.get(0),
                null,
                reaction,
                "The header, which is record " + intake.headerRow() + ", has " + names + " names, but "
                        + (seen < SAMPLE ? "all " : "the first ") + seen + " records have " + width
                        + " cells: a name is " + (width > names ? "missing" : "too many")
                        + ", or the header is another record"));
    }

    /** The number of cells, without empty ones behind the header's last name. */
    private static int filled(TextBatch batch, int record, int least) {
        int cells = batch.cells(record);
        while (cells > least && batch.length(batch.first(record) + cells - 1) == 0) {
            cells--;
        }
        return cells;
    }
}
