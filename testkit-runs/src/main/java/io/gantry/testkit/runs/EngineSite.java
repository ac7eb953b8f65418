// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.Gantry;
import io.gantry.Workspace;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.spi.file.StoredFile;
import io.gantry.testkit.ManualPulse;
import io.gantry.testkit.ManualRunEngine;

/**
 * One of the engines of a rig.
 *
 * @param rig what it shares with the others
 * @param gantry the engine
 * @param pulse by which it hears of the others
 * @param runs by which it carries out runs, where it does so when it is told to
 */
record EngineSite(EngineRig rig, Gantry gantry, ManualPulse pulse, ManualRunEngine runs) implements AutoCloseable {

    /** The code of the pipeline that most tests use. */
    static final String LOAD = "load";

    Workspace workspace() {
        return workspace(EngineRig.TENANT);
    }

    Workspace workspace(String tenant) {
        return gantry.workspace(EngineRig.owner(tenant));
    }

    /** Makes the pipeline, active. */
    EngineSite pipeline() {
        return pipeline(EngineRig.TENANT, LOAD);
    }

    EngineSite pipeline(String tenant, String code) {
        workspace(tenant)
                .pipelines()
                .create(NewPipeline.importing(
                        code,
                        rig.dataset().name(),
                        FileFormat.csv(),
                        mapping -> mapping.columns("id", "name").upsert()));
        workspace(tenant).pipelines().activate(code);
        return this;
    }

    /** Submits a run that loads rows with some ids. */
    Run submit(String... ids) {
        return workspace().runs().submit(RunRequest.of(LOAD, EngineRig.file(ids)));
    }

    /** Stores a file with rows for many runs. */
    StoredFile store(String tenant, String... ids) {
        MemoryFile file = EngineRig.file(ids);
        return workspace(tenant).store(file.name(), file.open());
    }

    /** A thread that carries out the run that is due. */
    Thread begin() {
        Thread thread = new Thread(runs::carryOutNext);
        thread.start();
        return thread;
    }

    /** The run as this engine sees it. */
    Run seen(Run run) {
        return workspace().runs().get(run.id());
    }

    @Override
    public void close() {
        gantry.close();
    }
}
