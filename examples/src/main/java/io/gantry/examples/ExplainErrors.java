// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.validation.IssueSummary;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Finds out why 2,693 dates of a real file are wrong: their years have two digits. No report guesses the century, so the patch says
 * it.
 */
public final class ExplainErrors {

    private ExplainErrors() {}

    record Guest(LocalDate show, String name) {}

    /**
     * Imports, asks, mends, imports again.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Path file = School.data("daily-show-guests.csv");
        try (Gantry gantry = Gantry.builder()
                .dataset(Datasets.of(Guest.class).named("guests").inMemory())
                .build()) {
            Workspace television = gantry.workspace(Principal.owner("television", "ada"));
            ImportMapping mapping = ImportMapping.of(columns ->
                    columns.column("Show").to("show").column("Raw_Guest_List").to("name"));
            television.pipelines().createActive(NewPipeline.importing("guests", "guests", FileFormat.csv(), mapping));
            Run failed = television.runs().submit("guests", file).await();
            System.out.println(failed.report());

            IssueSummary dates = failed.report().issues().get(0);
            System.out.println(dates.code() + ": " + dates.message());
            Map<String, Object> patch = Map.of("formats", List.of("M/d/uu"), "pivot", 2020);
            television.pipelines().changeMapping("guests", mapping.patched("show", patch));
            television.pipelines().activate("guests");
            System.out.println(television.runs().submit("guests", file).await().report());
        }
    }
}
