// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Gantry;
import io.gantry.Page;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.jdbc.MillWork.Lane;
import io.gantry.run.Run;
import io.gantry.run.RunQuery;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.records.RowBatch;
import io.gantry.testkit.crash.CrashKit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * What must hold of all that a mill has done, once an engine is there that finds what was left.
 *
 * @param mayFail whether runs may have failed for something that was away
 * @param told what the mill was told of runs
 */
record MillCheck(String url, Path folder, boolean mayFail, Map<String, String> told) {

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final int EXPORTS = 3;

    /**
     * What was seen.
     *
     * @param runs how many there are
     * @param failed how many of them failed for something that was away
     */
    record Seen(int runs, int failed) {}

    /** Opens an engine whose clock is ahead, has it bring everything to its end, and checks. */
    Seen check(Duration late, Duration lease) throws IOException {
        Seen seen = checkRuns(late, lease);
        if (!mayFail) { // else the database itself has some to sweep that are private to connections which are gone
            try (MillStores stores = MillStores.open(url, folder)) {
                long begin = System.nanoTime();
                List<String> left = stores.leftovers();
                // a connection that was ended takes its tables with it, in its own time
                while (!left.isEmpty() && System.nanoTime() - begin < LONGEST.toNanos()) {
                    LockSupport.parkNanos(5_000_000);
                    left = stores.leftovers();
                }
                assertThat(left).as("what loads left behind").isEmpty();
            }
        }
        return seen;
    }

    /** The same while a mill is frozen: of a run that has ended, it may hold tables that are private to its connection. */
    Seen checkRuns(Duration late, Duration lease) throws IOException {
        try (MillStores stores = MillStores.open(url, folder);
                Gantry gantry = stores.engine(late, lease)) {
            long begin = System.nanoTime();
            while (stores.documents().count(DocumentQuery.of("*", "ticket")) > 0) {
                assertThat(System.nanoTime() - begin)
                        .as(
                                "how long it takes until nothing is under way: %s",
                                stores.documents().query(DocumentQuery.of("*", "ticket")))
                        .isLessThan(LONGEST.toNanos());
                LockSupport.parkNanos(5_000_000);
            }
            int runs = 0;
            int failed = 0;
            Map<String, String> statuses = new HashMap<>();
            for (String tenant : MillWork.TENANTS) {
                Workspace workspace = gantry.workspace(Principal.owner(tenant, "auditor"));
                Map<Lane, MillModel> models = new EnumMap<>(Lane.class);
                for (Lane lane : Lane.values()) {
                    List<Run> all = runs(workspace, lane.pipeline());
                    all.forEach(run -> statuses.put(run.id(), text(run)));
                    MillModel model = new MillModel(lane, mayFail);
                    model.replay(all);
                    models.put(lane, model);
                    runs += all.size();
                    failed += model.failed();
                }
                checkTables(stores.datasets().get(tenant), models);
                List<Run> exports = runs(workspace, MillWork.EXPORT);
                exports.forEach(run -> statuses.put(run.id(), text(run)));
                checkExports(exports, models.get(Lane.REPLACING));
                runs += exports.size();
                assertThat(workspace.audit().verify().problem()).as("audit").isEmpty();
            }
            checkTold(statuses);
            return new Seen(runs, failed);
        }
    }

    private static String text(Run run) {
        return (run.status() + " " + run.error().map(error -> error.code()).orElse("")).strip();
    }

    /** All runs of a pipeline, the first one first. */
    private static List<Run> runs(Workspace workspace, String pipeline) {
        List<Run> runs = new ArrayList<>();
        if (workspace.pipelines().find(pipeline).isEmpty()) {
            return runs; // killed before it was made
        }
        String next = null;
        do {
            Page<Run> page =
                    workspace.runs().list(RunQuery.ALL.pipeline(pipeline).page(500, next));
            runs.addAll(page.items());
            next = page.next();
        } while (next != null);
        Collections.reverse(runs);
        return runs;
    }

    /** That whatever was said of a run to whoever asked has stayed true. */
    private void checkTold(Map<String, String> statuses) {
        told.forEach((run, status) -> {
            assertThat(statuses).as("run that the mill was told of").containsKey(run);
            if (!status.isEmpty() && !"ROLLED_BACK".equals(statuses.get(run))) {
                assertThat(statuses.get(run)).as("status of run %s", run).isEqualTo(status);
            }
        });
    }

    private static void checkTables(List<Dataset> datasets, Map<Lane, MillModel> models) {
        for (Dataset dataset : datasets) {
            Map<String, Long> expected = new TreeMap<>();
            models.forEach((lane, model) -> {
                if (lane.dataset.equals(dataset.name())) {
                    expected.putAll(model.rows());
                }
            });
            assertThat(content((ReadableDataset) dataset))
                    .as("what %s holds", dataset.name())
                    .isEqualTo(expected);
        }
    }

    private static Map<String, Long> content(ReadableDataset dataset) {
        Map<String, Long> rows = new TreeMap<>();
        RowBatch batch = new RowBatch(CrashKit.SCHEMA.fields(), 256);
        try (DatasetReader reader = dataset.read(Selection.of(CrashKit.SCHEMA.names()))) {
            while (reader.read(batch)) {
                for (int row = 0; row < batch.size(); row++) {
                    rows.put(
                            String.valueOf(batch.column(0).object(row)),
                            Long.valueOf(String.valueOf(batch.column(1).object(row))));
                }
            }
        }
        return rows;
    }

    private void checkExports(List<Run> exports, MillModel model) throws IOException {
        for (int i = 0; i < exports.size(); i++) {
            Run run = exports.get(i);
            if (run.status() == RunStatus.FAILED && mayFail) {
                continue;
            }
            assertThat(run.status()).as("%s %s", run, run.error()).isEqualTo(RunStatus.SUCCEEDED);
            Map<String, Long> expected =
                    model.rows(Integer.parseInt(run.parameters().get(MillWork.STEP)));
            assertThat(run.counts().inserted()).as("rows of %s", run).isEqualTo(expected.size());
            if (i >= exports.size() - EXPORTS) {
                assertThat(lines(run))
                        .as("rows of %s", run)
                        .isEqualTo(expected.entrySet().stream()
                                .map(row -> row.getKey() + "," + row.getValue() + ",step")
                                .sorted()
                                .toList());
            }
        }
    }

    private static List<String> lines(Run run) throws IOException {
        try (InputStream in = run.output().orElseThrow().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
