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
import io.gantry.validation.Hypothesis;
import io.gantry.validation.IssueSummary;
import java.nio.file.Path;
import java.time.LocalDate;

/** Finds out why 2,693 dates of a real file are wrong, and accepts the patch that the report proposes. */
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
            Hypothesis best = dates.hypotheses().get(0);
            television.pipelines().changeMapping("guests", mapping.patched("show", best.patch()));
            television.pipelines().activate("guests");
            System.out.println(television.runs().submit("guests", file).await().report());
        }
    }
}
