// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.mapping.ErrorPolicy;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunSettings;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.records.Limits;
import java.util.List;

/** What is done with the dataset before a crash, and in the midst of it. */
final class Deeds {

    private static final String LOAD = "load";
    private static final String FILL = "fill";
    private static final String EXPORT = "export";
    private static final String KEY = "the deed";

    /** So that a file is several batches. */
    private static final RunSettings SETTINGS = new RunSettings(Limits.DEFAULT, 16, 2);

    private static final FileFormat CSV =
            FileFormat.csv().with("delimiter", ",").with("encoding", "UTF-8");

    private final Workspace workspace;
    private final Deed deed;

    Deeds(Workspace workspace, Deed deed) {
        this.workspace = workspace;
        this.deed = deed;
    }

    /** Makes the pipelines, and does all that comes before the deed. */
    void prepare(String dataset) {
        create(NewPipeline.importing(FILL, dataset, CSV, mapping(LoadMode.INSERT)));
        create(NewPipeline.importing(LOAD, dataset, CSV, mapping(deed.mode())));
        create(NewPipeline.exporting(
                EXPORT, dataset, CSV, ExportMapping.of(CrashKit.SCHEMA.names().toArray(String[]::new))));
        expect(RunStatus.SUCCEEDED, workspace.runs().submit(RunRequest.of(FILL, ThingFile.first())));
        if (deed.restsOnLoad()) {
            expect(RunStatus.PARTIAL, workspace.runs().submit(load(ThingFile.second())));
        }
    }

    private void create(NewPipeline pipeline) {
        workspace.pipelines().create(pipeline);
        workspace.pipelines().activate(pipeline.code());
    }

    private static ImportMapping mapping(LoadMode mode) {
        return ImportMapping.of(
                mapping -> mapping.columns(CrashKit.SCHEMA.names().toArray(String[]::new))
                        .load(mode)
                        .errors(ErrorPolicy.SKIP_ROWS));
    }

    private static void expect(RunStatus status, Run run) {
        Run ended = run.await();
        if (ended.status() != status) {
            throw new AssertionError("Before the crash, there should be " + status + ", not " + ended + ended.error());
        }
    }

    private static RunRequest load(ThingFile file) {
        return RunRequest.of(LOAD, file).settings(SETTINGS);
    }

    /** Does it; doing it twice is doing it once. */
    Run perform() {
        return switch (deed) {
            case EXPORT -> workspace.runs().submit(RunRequest.of(EXPORT).idempotencyKey(KEY));
            case CORRECTION ->
                workspace
                        .runs()
                        .submit(load(ThingFile.second().mended())
                                .correctionOf(first().id())
                                .idempotencyKey(KEY));
            case ROLLBACK -> {
                first().rollBack(Reason.of("WRONG_FILE"));
                yield first();
            }
            default -> workspace.runs().submit(load(ThingFile.second()).idempotencyKey(KEY));
        };
    }

    /** The load on which the deed rests. */
    Run first() {
        List<Run> runs = runs();
        return runs.get(runs.size() - 1);
    }

    /** All runs but the one that filled the dataset, the latest first. */
    List<Run> runs() {
        return workspace.runs().list(deed == Deed.EXPORT ? EXPORT : LOAD, 10);
    }
}
