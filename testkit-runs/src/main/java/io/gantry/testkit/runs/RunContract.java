// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.schema.Schema;

/**
 * What must hold of every run of an import, whatever the file, the load mode, the error policy and the dataset. A provider's
 * author extends it, hands in datasets, and inherits the tests.
 *
 * <p>The tests live in random worlds: a dataset with some rows, a file for it, some rows of which are spoilt in ways that are
 * known, and a model that says what must come of it. A failure names its world, and the system property {@code gantry.world}
 * shows it alone; {@code gantry.worlds} says how many worlds of each load mode and error policy are tried.
 *
 * <p>For datasets that are a {@link ReadableDataset}, an {@link UndoableDataset} and a {@link MarkedDataset}, and whose
 * writers can preview.
 */
public abstract class RunContract
        implements RunLoads, RunPlans, RunRollbacks, RunCorrections, RunReports, RunDamage, RunExports {

    /** For the test class that extends the suite. */
    protected RunContract() {}

    /**
     * Makes a new, empty dataset. Those made since the last {@link #clear} can refer to each other.
     *
     * @param name lower-case letters, digits and underscores, never used before; the dataset's name
     * @param schema its fields, keys and references to datasets made before; always the same fields but for the smaller
     *     schema of a dataset that is only referred to. A provider that cannot say its unique sets and references makes the
     *     dataset without them.
     * @return the dataset
     */
    protected abstract Dataset create(String name, Schema schema);

    /** Called when the datasets made so far are not used any more, for stores that would fill up. */
    protected void clear() {}

    /**
     * How many worlds of each load mode and error policy to try, unless the system property {@code gantry.worlds} says so.
     *
     * @return 1 unless overridden
     */
    protected int worlds() {
        return 1;
    }
}
