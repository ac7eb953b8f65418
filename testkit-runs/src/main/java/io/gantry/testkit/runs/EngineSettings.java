// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.settings.TenantSettings;
import io.gantry.testkit.Together;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That no change of a tenant's settings is lost. */
interface EngineSettings {

    @Test
    default void changes_of_settings_that_race_are_made_one_after_the_other_and_none_is_lost() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = List.of(rig.still(), rig.still());
            sites.get(0).workspace().settings().change(settings -> settings.limits(1, 1));
            Tally<TenantSettings> tally = new Tally<>();
            Together.run(EngineMoves.THREADS, thread -> {
                for (int i = 0; i < 10; i++) {
                    tally.call(() -> sites.get(thread % 2)
                            .workspace()
                            .settings()
                            .change(settings -> settings.limits(settings.runs() + 1, settings.runsPerPipeline())));
                }
            });
            assertThat(tally.failedOnlyWith().count()).isEqualTo(10 * EngineMoves.THREADS);
            assertThat(tally.successes()).extracting(TenantSettings::runs).doesNotHaveDuplicates();
            for (EngineSite site : sites) {
                assertThat(site.workspace().settings().get().runs()).isEqualTo(1 + 10 * EngineMoves.THREADS);
            }
            assertThat(EngineRig.count(sites.get(0).workspace(), "SETTINGS_CHANGE"))
                    .isEqualTo(1 + 10 * EngineMoves.THREADS);
            EngineMoves.assertNothingIsLost(sites.get(0), "settings");
        }
    }
}
