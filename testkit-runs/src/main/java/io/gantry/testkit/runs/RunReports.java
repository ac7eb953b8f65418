// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.run.Run;
import io.gantry.run.RunSettings;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.records.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** That the size of batches and the number of threads make no difference to anything that a run tells. */
interface RunReports {

    @TestFactory
    default Stream<DynamicTest> a_report_is_the_same_for_every_size_of_batches_and_number_of_threads() {
        return Worlds.each(this, RunReports::check);
    }

    private static void check(World world) throws Exception {
        SampleFile file = world.file();
        List<RunSettings> settings = new ArrayList<>();
        settings.add(new RunSettings(Limits.DEFAULT, 1, 1));
        settings.add(new RunSettings(Limits.DEFAULT, 1, 4));
        settings.add(new RunSettings(Limits.DEFAULT, 4_096, 3));
        settings.add(world.settings());
        String report = null;
        String rejects = null;
        String preview = null;
        for (RunSettings each : settings) {
            String shown = world.preview(file.content(), each).report().toJson();
            Run run = world.run(World.LOAD, file.content(), each);
            String told = run.report().toJson();
            String copies = text(run.rejects());
            run.rollBack(RunRollbacks.WRONG_FILE);
            assertThat(told).as("report, %s", each).isEqualTo(report == null ? told : report);
            assertThat(copies).as("rejects, %s", each).isEqualTo(rejects == null ? copies : rejects);
            assertThat(shown).as("preview, %s", each).isEqualTo(preview == null ? shown : preview);
            report = told;
            rejects = copies;
            preview = shown;
        }
        world.checkContent(world.model(), "after the rollbacks");
    }

    private static String text(Optional<StoredFile> file) throws IOException {
        return file.isEmpty()
                ? ""
                : HexFormat.of().formatHex(MemoryFile.of("", file.get()).bytes());
    }
}
