// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.audit.AuditEvent;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.PipelineChange;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.spi.file.StoredFile;
import io.gantry.testkit.Together;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** That the audit log has one event for each thing that was done, in one whole chain, however much is done at once. */
interface EngineAudit {

    @Test
    default void calls_of_all_kinds_by_eight_threads_leave_one_event_each_in_a_whole_chain() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = List.of(rig.still().pipeline(), rig.still());
            StoredFile file = sites.get(0).store(EngineRig.TENANT, "a");
            EngineRig.events(sites.get(0).workspace());
            long before = sites.get(0).workspace().audit().head().sequence();
            Map<String, Integer> done = new ConcurrentHashMap<>();
            Together.run(EngineMoves.THREADS, thread -> {
                EngineSite site = sites.get(thread % 2);
                String own = "own" + thread;
                for (int i = 0; i < 3; i++) {
                    int round = i;
                    counted(
                            done,
                            "PIPELINE_CREATE",
                            () -> site.workspace()
                                    .pipelines()
                                    .create(NewPipeline.importing(
                                            own + round,
                                            rig.dataset().name(),
                                            FileFormat.csv(),
                                            mapping -> mapping.columns("id", "name")
                                                    .upsert())));
                    counted(
                            done,
                            "PIPELINE_SELF_ACTIVATE",
                            () -> site.workspace().pipelines().activate(own + round));
                    counted(
                            done,
                            "PIPELINE_RENAME",
                            () -> site.workspace()
                                    .pipelines()
                                    .change(EngineSite.LOAD, PipelineChange.NONE.name("name " + thread + " " + round)));
                    counted(
                            done,
                            "PIPELINE_CHANGE",
                            () -> site.workspace()
                                    .pipelines()
                                    .change(
                                            EngineSite.LOAD,
                                            PipelineChange.NONE.mapping(mapping -> mapping.columns("id", "name")
                                                    .length(0, 10 + 3 * thread + round)
                                                    .upsert())));
                    counted(
                            done,
                            "SETTINGS_CHANGE",
                            () -> site.workspace()
                                    .settings()
                                    .change(settings ->
                                            settings.limits(settings.runs() - 1, settings.runsPerPipeline() + 1)));
                    Run run = counted(
                            done,
                            "RUN_SUBMIT",
                            () -> site.workspace().runs().submit(RunRequest.ofStored(EngineSite.LOAD, file.ref())));
                    counted(done, "RUN_CANCEL", run::cancel);
                }
            });
            Map<String, Integer> audited = new TreeMap<>();
            for (AuditEvent event : EngineRig.events(sites.get(1).workspace())) {
                if (event.sequence() > before) {
                    audited.merge(event.action(), 1, Integer::sum);
                }
            }
            assertThat(audited).isEqualTo(done);
            assertThat(done.values()).containsOnly(3 * EngineMoves.THREADS);
            assertThat(sites.get(0).workspace().audit().head())
                    .isEqualTo(sites.get(1).workspace().audit().head());
        }
    }

    private static <T> T counted(Map<String, Integer> done, String action, Supplier<T> call) {
        T result = call.get();
        done.merge(action, 1, Integer::sum);
        return result;
    }
}
