// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.GantryException;
import io.gantry.validation.ValidationReport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A flow whose rows were read, checked and staged, and whose report and files are stored: all that is left is to apply it, or to
 * close it, which leaves no trace. Used by one thread.
 */
public final class Prepared implements AutoCloseable {

    private final ValidationReport report;
    private final Files files;
    private final @Nullable String highWater;
    private final @Nullable GantryException failure;
    private final Output output;
    private final TaskClock clock;

    /** Refs of the files that were stored; null for those that are not there. */
    record Files(@Nullable String rejects, @Nullable String rejectedRows) {
        static final Files NONE = new Files(null, null);
    }

    Prepared(
            ValidationReport report,
            Files files,
            @Nullable String highWater,
            @Nullable GantryException failure,
            Output output,
            TaskClock clock) {
        this.report = report;
        this.files = files;
        this.highWater = highWater;
        this.failure = failure;
        this.output = output;
        this.clock = clock;
    }

    /**
     * What was found out; its counts say what applying will do.
     *
     * @return the report
     */
    public ValidationReport report() {
        return report;
    }

    /**
     * The file of rejects.
     *
     * @return its ref; null when there is none
     */
    public @Nullable String rejects() {
        return files.rejects();
    }

    /**
     * The numbers of the rejected rows.
     *
     * @return ref of the file that has them; null when no row was rejected
     */
    public @Nullable String rejectedRows() {
        return files.rejectedRows();
    }

    /**
     * The file that was written.
     *
     * @return its ref; null when the rows go to a dataset
     */
    public @Nullable String output() {
        return output.file();
    }

    /**
     * The high-water mark of an incremental flow after this run.
     *
     * @return in ISO notation; null when there is none
     */
    public @Nullable String highWater() {
        return highWater;
    }

    /**
     * Why it must not be applied.
     *
     * @return null when it may be
     */
    public @Nullable GantryException failure() {
        return failure;
    }

    /** Makes the rows part of where they go, in one step. Call it once, when {@link #failure} is null. */
    public void apply() {
        long begin = System.nanoTime();
        output.apply();
        clock.applied(System.nanoTime() - begin);
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
