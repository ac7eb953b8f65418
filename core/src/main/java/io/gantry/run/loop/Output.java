// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.dataset.RowIssues;
import io.gantry.spi.records.RowBatch;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the rows of a flow go. Used by one thread. */
interface Output extends AutoCloseable {

    /** Forgets the rows it was given: they all come again. */
    void restart() throws IOException;

    /**
     * Looks at a batch before its rejected rows are dropped.
     *
     * @param dropped by row
     */
    void rejected(RowBatch rows, boolean[] dropped);

    /** Takes the rows that are left; false when it has seen enough. */
    boolean write(RowBatch rows) throws IOException;

    /** Checks the rows together, and settles what becomes of them. */
    Outcome check(RowIssues issues) throws IOException;

    /** Some of the changes that applying would make; empty unless the run is a preview. */
    List<RowChange> changes();

    /** The ref of the file it wrote; null when it writes none. */
    @Nullable
    String file();

    /** Makes the rows part of where they go, in one step. */
    void apply();

    @Override
    void close() throws IOException;
}
