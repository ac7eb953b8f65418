// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.spi.records.TextBatch;
import java.util.ArrayList;
import java.util.List;

/** A sample of all cells of each column, good and bad: what mends the bad ones must leave the good ones as they are. */
final class Neighbours {

    private static final long MOST_CHARACTERS = 4L << 20;

    private final List<Sample> samples = new ArrayList<>();
    private final int[] places;
    private long characters;

    Neighbours(CompiledMapping mapping) {
        places = new int[mapping.fields().size()];
        for (int column = 0; column < places.length; column++) {
            boolean hidden = mapping.fields().get(column).sensitivity().hidesValues();
            places[column] = hidden ? -1 : mapping.place(column);
            samples.add(new Sample());
        }
    }

    /** Takes some cells of a batch. */
    void look(TextBatch batch, int from) {
        for (int column = 0; column < places.length && characters < MOST_CHARACTERS; column++) {
            Sample sample = samples.get(column);
            for (int record = from; places[column] >= 0 && record < batch.size(); record++) {
                if (sample.wantsNext()) {
                    SampledCell cell = SampledCell.of(batch, record, places[column]);
                    sample.add(cell);
                    characters += cell == null ? 0 : cell.text().length();
                }
            }
        }
    }

    List<SampledCell> cells(int column) {
        return samples.get(column).cells();
    }
}
