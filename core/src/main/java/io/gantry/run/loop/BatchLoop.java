// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.run.CrashPoint;
import io.gantry.run.RunListener.Stage;
import io.gantry.run.Task;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.records.RowBatch;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one loop that moves batches: from an input through the stages to an output. Counts rows and logs issues on the way. Used by
 * one thread.
 *
 * @param <S> how the input is read
 */
final class BatchLoop<S extends Slot> implements AutoCloseable {

    private final RunContext context;
    private final Ring.Batches<S> input;
    private final List<S> slots;
    private final int threads;
    private final Output output;
    private final RowColumns columns;
    private final @Nullable HighWater highWater;
    private final TaskClock clock;
    private final IssueKinds kinds = new IssueKinds();
    private IssueLog log = new IssueLog();
    private long read;
    private long rejected;
    private long skipped;
    private long written;
    private long foundTogether;

    /** What is done with the issues of the stages, before the rows are checked together. */
    @FunctionalInterface
    interface Reporting {
        void report() throws IOException;
    }

    /**
     * @param threads how many work on batches
     * @param highWater sees all rows that are written; null for none
     * @param clock keeps the books
     */
    BatchLoop(
            RunContext context,
            Ring.Batches<S> input,
            List<S> slots,
            int threads,
            Output output,
            RowColumns columns,
            @Nullable HighWater highWater,
            TaskClock clock) {
        this.context = context;
        this.input = input;
        this.slots = slots;
        this.threads = threads;
        this.output = output;
        this.columns = columns;
        this.highWater = highWater;
        this.clock = clock;
    }

    /**
     * Moves all rows, and checks them together.
     *
     * @param reporting called when the stages have found issues in some of all rows, while nothing is locked yet
     * @return what becomes of the rows
     */
    Outcome run(Reporting reporting) throws IOException, InterruptedException {
        Outcome outcome = Outcome.AGAIN;
        boolean reported = false;
        while (outcome == Outcome.AGAIN) {
            begin();
            boolean all = moveAll();
            context.checkCancelled();
            clock.done(Task.Name.EXTRACT, Task.Name.TRANSFORM);
            if (all && !reported && !log.isEmpty()) {
                progress(Stage.REPORTING, context.totalBytes());
                reporting.report();
                reported = true;
            }
            progress(Stage.CHECKING, context.totalBytes());
            outcome = check();
        }
        rejected += written - outcome.inserted() - outcome.updated() - outcome.unchanged();
        return outcome;
    }

    private void begin() throws IOException {
        output.restart();
        log.close();
        log = new IssueLog();
        read = 0;
        rejected = 0;
        skipped = 0;
        written = 0;
        foundTogether = 0;
        clock.reset();
        clock.running(Task.Name.EXTRACT, Task.Name.TRANSFORM, Task.Name.LOAD);
    }

    /** Whether the output wanted all rows. */
    private boolean moveAll() throws IOException, InterruptedException {
        try (Ring<S> ring = new Ring<>(input, slots, threads, "gantry-run-" + context.run())) {
            while (true) {
                S slot = ring.next();
                if (slot == null) {
                    return true;
                }
                if (!take(slot)) {
                    return false;
                }
                ring.release(slot);
            }
        }
    }

    private Outcome check() throws IOException {
        clock.running(Task.Name.VALIDATE);
        long begin = System.nanoTime();
        Outcome outcome = output.check((number, fields, code, message) -> {
            foundTogether++;
            log.add(number, kinds.id(columns.kind(fields, code, message)));
        });
        clock.add(Task.Name.VALIDATE, written, System.nanoTime() - begin);
        clock.done(Task.Name.VALIDATE);
        return outcome;
    }

    /** Takes one batch: logs its issues, drops its bad rows, writes the rest; false when the output has seen enough. */
    private boolean take(S slot) throws IOException {
        context.checkCancelled();
        RowBatch rows = slot.rows();
        int size = rows.size();
        read += size;
        boolean[] dropped = dropped(slot.verdicts, rows);
        output.rejected(rows, dropped);
        rows.drop(dropped);
        clock.add(Task.Name.EXTRACT, size, slot.readNanos);
        clock.add(Task.Name.TRANSFORM, size, slot.workNanos);
        long begin = System.nanoTime();
        boolean wanting = true;
        if (rows.size() > 0) {
            boolean first = written == 0;
            if (highWater != null) {
                highWater.see(rows);
            }
            wanting = output.write(rows);
            written += rows.size();
            if (first) {
                context.reached(CrashPoint.FIRST_BATCH_STAGED);
            }
        }
        clock.add(Task.Name.LOAD, rows.size(), System.nanoTime() - begin);
        progress(Stage.READING, slot.consumed);
        return wanting;
    }

    private boolean[] dropped(Verdicts verdicts, RowBatch rows) {
        for (int i = 0; i < verdicts.issues(); i++) {
            int row = verdicts.row(i);
            if (!verdicts.isSkipped(row)) {
                log.add(rows.number(row), kinds.id(verdicts.kind(i)));
            }
        }
        boolean[] dropped = verdicts.rejected();
        for (int row = 0; row < rows.size(); row++) {
            if (verdicts.isSkipped(row)) {
                skipped++;
                dropped[row] = true;
            } else if (dropped[row]) {
                rejected++;
            }
        }
        return dropped;
    }

    void progress(Stage stage, long bytes) {
        context.progress(stage, bytes, read, rejected);
    }

    /** How many issues the last check of all rows together has found. */
    long foundTogether() {
        return foundTogether;
    }

    IssueLog log() {
        return log;
    }

    IssueKinds kinds() {
        return kinds;
    }

    long read() {
        return read;
    }

    long rejected() {
        return rejected;
    }

    long skipped() {
        return skipped;
    }

    @Override
    public void close() {
        log.close();
    }
}
