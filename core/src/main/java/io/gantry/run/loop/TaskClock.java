// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.run.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps the books of a run's tasks. Used by one thread. */
public final class TaskClock {

    private final Map<Task.Name, Entry> entries = new EnumMap<>(Task.Name.class);

    private static final class Entry {
        private Task.Status status = Task.Status.PENDING;
        private long rows;
        private long nanos;
    }

    TaskClock() {
        reset();
    }

    void reset() {
        for (Task.Name name : Task.Name.values()) {
            entries.put(name, new Entry());
        }
    }

    private Entry entry(Task.Name name) {
        return entries.computeIfAbsent(name, key -> new Entry());
    }

    void running(Task.Name... names) {
        for (Task.Name name : names) {
            entry(name).status = Task.Status.RUNNING;
        }
    }

    void done(Task.Name... names) {
        for (Task.Name name : names) {
            entry(name).status = Task.Status.SUCCEEDED;
        }
    }

    void add(Task.Name name, long rows, long nanos) {
        Entry entry = entry(name);
        entry.rows += rows;
        entry.nanos += nanos;
    }

    /** The last step was made, in so many nanoseconds. */
    void applied(long nanos) {
        add(Task.Name.LOAD, 0, nanos);
        done(Task.Name.LOAD);
    }

    /**
     * The tasks of a run that has ended: what was at work when it failed has failed, what was not reached never will be.
     *
     * @param failed whether the run failed
     * @return all four, in order
     */
    public List<Task> ended(boolean failed) {
        List<Task> tasks = new ArrayList<>();
        entries.forEach((name, entry) -> tasks.add(new Task(
                name,
                switch (entry.status) {
                    case RUNNING -> failed ? Task.Status.FAILED : Task.Status.SUCCEEDED;
                    case PENDING -> failed ? Task.Status.UPSTREAM_FAILED : Task.Status.SKIPPED;
                    default -> entry.status;
                },
                entry.rows,
                Duration.ofNanos(entry.nanos))));
        return tasks;
    }
}
