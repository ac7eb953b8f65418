// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.local.Datasets;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.Pipelines;
import io.gantry.settings.TenantSettings;
import io.gantry.settings.TenantSettings.SelfService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Three people bring a change of a pipeline into use: one writes it, one reviews it, one approves it. */
public final class ReviewByThree {

    private ReviewByThree() {}

    record Member(String id, String name) {}

    /**
     * Writes, reviews, approves, activates.
     *
     * @param arguments none
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Files.writeString(Files.createTempFile("members", ".csv"), "id,name\n1,Ada Lovelace\n2,Bo\n3,Cy\n");
        try (Gantry gantry = Gantry.builder()
                .dataset(Datasets.of(Member.class).named("members").key("id").inMemory())
                .settings(TenantSettings.DEFAULT.selfService(SelfService.FORBIDDEN))
                .build()) {
            var club = gantry.workspace(Principal.owner("club", "office"));
            Pipelines author = gantry.workspace(
                            Principal.of("club", "ann", Permission.PIPELINES_VIEW, Permission.PIPELINES_EDIT))
                    .pipelines();
            Pipelines reviewer = gantry.workspace(
                            Principal.of("club", "bob", Permission.PIPELINES_VIEW, Permission.PIPELINES_REVIEW))
                    .pipelines();
            Pipelines approver = gantry.workspace(Principal.of("club", "cleo", Permission.PIPELINES_APPROVE))
                    .pipelines();

            author.create(NewPipeline.importing(
                    "members",
                    "members",
                    FileFormat.csv(),
                    columns -> columns.columns("id", "name").upsert()));
            author.requestReview("members", Reason.of("NEW_PIPELINE"));
            reviewer.review("members", "like the old list");
            approver.approve("members", Reason.of("FIT_FOR_USE"));
            System.out.println(author.activate("members").status());
            club.runs().submit("members", file).await();

            author.changeMapping(
                    "members",
                    ImportMapping.of(columns ->
                            columns.column("id").column("name").length(3, 50).upsert()));
            System.out.println(reviewer.diff("members", "1.0.0", "2.0.0"));
            System.out.println(reviewer.replay("members", 5));
            try {
                author.activate("members");
            } catch (GantryException e) {
                System.out.println(e.code() + ": " + e.getMessage());
            }
        }
    }
}
