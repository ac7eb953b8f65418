// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Reason;
import io.gantry.audit.AuditEvent;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.Lifecycle;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.pipeline.Step;
import io.gantry.settings.TenantSettings.Duties;
import io.gantry.testkit.Together;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That pipelines are moved and changed by one caller at a time, however many try, in whatever engines. */
interface EngineMoves {

    int THREADS = 8;
    Reason WANTED = Reason.of("WANTED");

    /** Two engines, and a pipeline that is a draft. */
    private static List<EngineSite> draft(EngineRig rig) {
        EngineSite site = rig.still();
        site.workspace().settings().change(settings -> settings.duties(Duties.COMBINED));
        site.workspace()
                .pipelines()
                .create(NewPipeline.importing(EngineSite.LOAD, rig.dataset().name(), FileFormat.csv(), mapping(60)));
        return List.of(site, rig.still());
    }

    private static ImportMapping mapping(int longest) {
        return ImportMapping.of(
                columns -> columns.columns("id", "name").length(0, longest).upsert());
    }

    @Test
    default void of_eight_who_make_the_same_move_at_once_one_does_and_the_others_are_told_the_state() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = draft(rig);
            for (Lifecycle move : List.of(
                    Lifecycle.REQUEST_REVIEW,
                    Lifecycle.REVIEW,
                    Lifecycle.APPROVE,
                    Lifecycle.ACTIVATE,
                    Lifecycle.SUSPEND,
                    Lifecycle.RESUME,
                    Lifecycle.RESTRICT,
                    Lifecycle.DEPRECATE,
                    Lifecycle.ARCHIVE)) {
                Tally<Pipeline> tally = new Tally<>();
                Together.run(
                        THREADS,
                        thread -> tally.call(() ->
                                sites.get(thread % 2).workspace().pipelines().move(EngineSite.LOAD, move, WANTED)));
                tally.succeeded(1, THREADS, "ILLEGAL_STATE");
                assertThat(tally.successes().get(0).status())
                        .isEqualTo(sites.get(0)
                                .workspace()
                                .pipelines()
                                .get(EngineSite.LOAD)
                                .status());
                assertThat(EngineRig.count(sites.get(0).workspace(), "PIPELINE_" + move))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    default void moves_of_all_kinds_that_race_make_one_path_along_the_table_of_moves() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = draft(rig);
            List<Lifecycle> moves = List.of(Lifecycle.values());
            Tally<Pipeline> tally = new Tally<>();
            Together.run(THREADS, thread -> {
                Random random = new Random(thread);
                for (int i = 0; i < 15; i++) {
                    // all but the last, which archives
                    Lifecycle move = moves.get(random.nextInt(moves.size() - 1));
                    tally.call(
                            () -> sites.get(thread % 2).workspace().pipelines().move(EngineSite.LOAD, move, WANTED));
                }
            });
            tally.failedOnlyWith("ILLEGAL_STATE");
            Pipeline pipeline = sites.get(0).workspace().pipelines().get(EngineSite.LOAD);
            List<Lifecycle> path = EngineRig.events(sites.get(0).workspace()).stream()
                    .filter(event -> event.subject().equals("pipeline:" + pipeline.id()))
                    .skip(1)
                    .map(event -> Lifecycle.valueOf(event.action().substring("PIPELINE_".length())))
                    .toList();
            PipelineStatus status = PipelineStatus.DRAFT;
            for (Lifecycle move : path) {
                assertThat(move.from()).as("%s in %s", move, path).contains(status);
                status = move.to();
            }
            assertThat(path).hasSize((int) tally.count());
            assertThat(pipeline.status()).isEqualTo(status);
            assertThat(pipeline.revision()).isEqualTo(1 + tally.count());
            assertThat(pipeline.current().history()).extracting(Step::move).containsExactlyElementsOf(path);
            assertNothingIsLost(sites.get(0), "pipeline:" + pipeline.id());
        }
    }

    @Test
    default void changes_that_race_are_made_one_after_the_other_and_none_is_lost() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = draft(rig);
            sites.get(0).workspace().pipelines().activate(EngineSite.LOAD);
            Tally<Pipeline> tally = new Tally<>();
            Together.run(THREADS, thread -> {
                for (int i = 0; i < 4; i++) {
                    int longest = 10 + 4 * thread + i;
                    tally.call(() -> sites.get(thread % 2)
                            .workspace()
                            .pipelines()
                            .changeMapping(EngineSite.LOAD, mapping(longest)));
                }
            });
            assertThat(tally.failedOnlyWith().count()).isEqualTo(4 * THREADS);
            Pipeline pipeline = sites.get(0).workspace().pipelines().get(EngineSite.LOAD);
            assertThat(pipeline.revision()).isEqualTo(2 + 4 * THREADS);
            assertThat(pipeline.current().importMapping()).isEqualTo(mapping(60));
            assertThat(tally.successes())
                    .contains(pipeline)
                    .extracting(Pipeline::revision)
                    .doesNotHaveDuplicates();
            assertNothingIsLost(sites.get(0), "pipeline:" + pipeline.id());
        }
    }

    @Test
    default void of_eight_who_take_the_same_code_at_once_one_gets_it() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = List.of(rig.still(), rig.still());
            Tally<Pipeline> tally = new Tally<>();
            Together.run(
                    THREADS,
                    thread -> tally.call(() -> sites.get(thread % 2)
                            .workspace()
                            .pipelines()
                            .create(NewPipeline.importing(
                                    EngineSite.LOAD, rig.dataset().name(), FileFormat.csv(), mapping(60 + thread)))));
            tally.succeeded(1, THREADS, "PIPELINE_EXISTS");
            assertThat(sites.get(0).workspace().pipelines().list()).isEqualTo(tally.successes());
            assertThat(EngineRig.count(sites.get(0).workspace(), "PIPELINE_CREATE"))
                    .isEqualTo(1);
        }
    }

    /** That each change of a thing began with what the one before had made of it. */
    static void assertNothingIsLost(EngineSite site, String subject) {
        String last = null;
        for (AuditEvent event : EngineRig.events(site.workspace())) {
            if (event.subject().equals(subject)) {
                if (last != null) {
                    assertThat(event.before()).isEqualTo(last);
                }
                last = event.after();
            }
        }
        assertThat(last).isNotNull();
    }
}
