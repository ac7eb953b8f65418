// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Reason;
import io.gantry.run.Run;
import io.gantry.run.RunQuery;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.settings.TenantSettings.Overlap;
import io.gantry.testkit.Together;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That a request that is made once is carried out once, however often it is sent. */
interface EngineSubmissions {

    private static RunRequest request(String id) {
        return RunRequest.of(EngineSite.LOAD, EngineRig.file(id)).idempotencyKey("upload 7");
    }

    @Test
    default void eight_requests_with_one_key_at_once_give_one_run() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = List.of(rig.still().pipeline(), rig.still());
            Tally<Run> tally = new Tally<>();
            Together.run(
                    EngineMoves.THREADS,
                    thread -> tally.call(
                            () -> sites.get(thread % 2).workspace().runs().submit(request("a"))));
            assertThat(tally.failedOnlyWith().successes())
                    .hasSize(EngineMoves.THREADS)
                    .extracting(Run::id)
                    .containsOnly(tally.successes().get(0).id());
            EngineSite site = sites.get(0);
            assertThat(site.workspace().runs().list(RunQuery.ALL).items()).hasSize(1);
            assertThat(EngineRig.count(site.workspace(), "RUN_SUBMIT")).isEqualTo(1);
            assertThat(site.runs().carryOutAll()).isEqualTo(1);
            assertThat(site.seen(tally.successes().get(0)).status()).isEqualTo(RunStatus.SUCCEEDED);
            rig.assertIds("a");
        }
    }

    @Test
    default void of_eight_different_requests_with_one_key_at_once_one_gets_the_key() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = List.of(rig.still().pipeline(), rig.still());
            Tally<Run> tally = new Tally<>();
            Together.run(
                    EngineMoves.THREADS,
                    thread -> tally.call(
                            () -> sites.get(thread % 2).workspace().runs().submit(request("a" + thread))));
            tally.succeeded(1, EngineMoves.THREADS, "IDEMPOTENCY_KEY_REUSED");
            assertThat(EngineRig.count(sites.get(0).workspace(), "RUN_SUBMIT")).isEqualTo(1);
        }
    }

    @Test
    default void a_request_that_is_sent_again_gives_its_run_whatever_has_become_of_the_pipeline() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite site = rig.still().pipeline();
            Run run = site.workspace().runs().submit(request("a"));
            site.workspace().pipelines().suspend(EngineSite.LOAD, Reason.of("WANTED"));
            assertThat(site.workspace().runs().submit(request("a")).id()).isEqualTo(run.id());
        }
    }

    @Test
    default void of_eight_requests_at_once_one_is_taken_where_runs_must_not_overlap() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = List.of(rig.still().pipeline(), rig.still());
            sites.get(0).workspace().settings().change(settings -> settings.overlap(Overlap.REFUSE));
            Tally<Run> tally = new Tally<>();
            Together.run(
                    EngineMoves.THREADS,
                    thread -> tally.call(() -> sites.get(thread % 2).submit("a" + thread)));
            tally.succeeded(1, EngineMoves.THREADS, "PIPELINE_ALREADY_RUNNING");
            assertThat(EngineRig.count(sites.get(0).workspace(), "RUN_SUBMIT")).isEqualTo(1);
        }
    }
}
