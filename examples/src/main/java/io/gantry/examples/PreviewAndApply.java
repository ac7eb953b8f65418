// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Plan;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shows what a load would do, and does exactly that, or refuses. */
public final class PreviewAndApply {

    private PreviewAndApply() {}

    record Price(String article, double euros) {}

    /**
     * Previews, applies, and is refused.
     *
     * @param arguments none
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Files.writeString(Files.createTempFile("prices", ".csv"), "article,euros\na1,2.50\na2,4\n");
        try (Gantry gantry = Gantry.builder()
                .dataset(Datasets.of(Price.class).named("prices").key("article").inMemory())
                .build()) {
            Workspace shop = gantry.workspace(Principal.owner("shop", "ada"));
            shop.pipelines()
                    .createActive(NewPipeline.importing(
                            "prices",
                            "prices",
                            FileFormat.csv(),
                            mapping -> mapping.columns("article", "euros").upsert()));
            Run preview = shop.runs().preview(RunRequest.of("prices", file)).await();
            preview.report().changes().forEach(System.out::println);
            Plan plan = preview.plan();
            System.out.println(shop.runs().apply(plan).await());
            try {
                shop.runs().apply(plan); // the dataset is no longer what the plan was made for
            } catch (GantryException e) {
                System.out.println(e.code() + ": " + e.getMessage());
            }
        }
    }
}
