// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.jdbc.MillWork.Lane;
import io.gantry.jdbc.MillWork.Line;
import io.gantry.jdbc.MillWork.Sequel;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.validation.Counts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the runs of a lane must have come to: they are gone through in order, and each is held against its step. */
final class MillModel {

    private final Lane lane;
    private final boolean mayFail;
    private final Map<String, Long> rows = new TreeMap<>();
    private final Map<Integer, Map<String, Long>> after = new HashMap<>();
    private int step;
    private int failed;

    /**
     * @param mayFail whether runs may have failed for something that was away
     */
    MillModel(Lane lane, boolean mayFail) {
        this.lane = lane;
        this.mayFail = mayFail;
    }

    /** The rows of the lane, by their keys. */
    Map<String, Long> rows() {
        return rows;
    }

    /** What the lane's rows were after a step. */
    Map<String, Long> rows(int step) {
        return after.getOrDefault(step, Map.of());
    }

    int failed() {
        return failed;
    }

    /** Takes the runs of the lane, the first one first. */
    void replay(List<Run> runs) {
        for (Run run : runs) {
            int of = Integer.parseInt(run.parameters().get(MillWork.STEP));
            if (run.status() == RunStatus.FAILED && mayFail) {
                failed++;
                assertThat(run.error().orElseThrow().code())
                        .as("why %s failed", run)
                        .startsWith("JDBC_");
                continue;
            }
            if (run.correctionOf().isPresent()) {
                assertThat(of).as("step of %s", run).isEqualTo(step);
                mend(run);
            } else {
                step++;
                assertThat(of).as("step of %s", run).isEqualTo(step);
                load(run);
            }
            after.put(step, new TreeMap<>(rows));
        }
    }

    private void load(Run run) {
        List<Line> lines = MillWork.lines(lane, step);
        Map<String, Long> loaded = new TreeMap<>(rows);
        if (lane.mode == LoadMode.REPLACE) {
            Set<String> named = lines.stream().map(Line::id).collect(Collectors.toSet());
            loaded.keySet().retainAll(named);
        }
        long deleted = rows.size() - loaded.size();
        List<Line> good = lines.stream().filter(line -> !line.bad()).toList();
        Counts counts = counts(good, loaded, lines.size(), lines.size() - good.size(), deleted);
        assertThat(run.counts()).as("counts of %s %s", run, run.error()).isEqualTo(counts);
        boolean back = run.status() == RunStatus.ROLLED_BACK;
        if (back) {
            assertThat(MillWork.sequel(lane, step)).as("%s", run).isEqualTo(Sequel.ROLLBACK);
            return;
        }
        assertThat(run.status())
                .as("%s %s", run, run.error())
                .isEqualTo(counts.rejected() == 0 ? RunStatus.SUCCEEDED : RunStatus.PARTIAL);
        take(loaded);
    }

    private void mend(Run run) {
        List<Line> lines = MillWork.lines(lane, step);
        List<Line> bad = lines.stream().filter(Line::bad).toList();
        Map<String, Long> loaded = new TreeMap<>(rows);
        assertThat(run.counts()).as("counts of %s", run).isEqualTo(counts(bad, loaded, lines.size(), 0, 0));
        assertThat(run.status()).as("%s %s", run, run.error()).isEqualTo(RunStatus.SUCCEEDED);
        take(loaded);
    }

    private void take(Map<String, Long> loaded) {
        rows.clear();
        rows.putAll(loaded);
    }

    /** Loads lines, and counts what that does. */
    private static Counts counts(List<Line> good, Map<String, Long> loaded, long read, long rejected, long deleted) {
        long inserted = 0;
        long updated = 0;
        for (Line line : good) {
            Long before = loaded.put(line.id(), line.count());
            inserted += before == null ? 1 : 0;
            updated += before != null && before != line.count() ? 1 : 0;
        }
        long skipped = read - rejected - good.size();
        return new Counts(read, inserted, updated, good.size() - inserted - updated, rejected, skipped, deleted);
    }
}
