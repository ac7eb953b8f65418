// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.file.StoredFile;
import io.gantry.validation.Counts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** That what was exported can be imported again, and changes nothing. */
interface RunExports {

    @TestFactory
    default Stream<DynamicTest> an_export_that_is_imported_again_changes_nothing() {
        return Worlds.eachMode(this, RunExports::check);
    }

    private static void check(World world) throws Exception {
        String[] fields = People.SCHEMA.names().toArray(String[]::new);
        for (FileFormat format : List.of(FileFormat.csv(), FileFormat.xlsx())) {
            String out = "out-" + format.name();
            String back = "back-" + format.name();
            String dataset = world.dataset().name();
            world.pipeline(NewPipeline.exporting(out, dataset, format, ExportMapping.of(fields)));
            world.pipeline(NewPipeline.importing(
                    back,
                    dataset,
                    format,
                    ImportMapping.of(mapping ->
                            mapping.columns(fields).load(world.place().mode()).skipInvalidRows())));
            Run export = world.workspace().runs().submit(RunRequest.of(out)).await();
            assertThat(export.status()).isEqualTo(RunStatus.SUCCEEDED);
            StoredFile file = export.output().orElseThrow();
            Run run = world.run(back, MemoryFile.of("people." + format.name(), file));
            long rows = world.model().rows().size();
            assertThat(run.counts())
                    .as("%s", run.report())
                    .isEqualTo(
                            world.place().mode() == LoadMode.INSERT
                                    ? new Counts(rows, 0, 0, 0, rows, 0, 0)
                                    : new Counts(rows, 0, 0, rows, 0, 0, 0));
            world.checkContent(world.model(), "after the import of the export");
        }
    }
}
