// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.mapping.MappingDefinition;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import java.time.LocalDate;

/** Takes a mapping as JSON, as a tenant would send it, and tells everything that is wrong with another. */
public final class JsonMapping {

    private static final String GOOD = """
            {"columns": [
                {"from": "E-mail", "to": "email", "email": true, "trim": true},
                {"from": "Born", "to": "born", "formats": ["dd.MM.uuuu"]}],
             "load": {"mode": "upsert"},
             "errors": {"policy": "threshold", "maxPercent": 2}}
            """;

    private static final String BAD = """
            {"columns": [
                {"from": "E-mail", "to": "emial", "email": true},
                {"from": "Born", "to": "born", "formats": ["dd.mm.uuuu"], "pattern": "[0-9"}],
             "load": {"mode": "upsert"}}
            """;

    private JsonMapping() {}

    record Member(String email, LocalDate born) {}

    /**
     * Makes one pipeline, and fails to make another.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (Gantry gantry = Gantry.builder()
                .dataset(Datasets.of(Member.class).named("members").key("email").inMemory())
                .build()) {
            Workspace club = gantry.workspace(Principal.owner("club", "ada"));
            System.out.println(club.pipelines()
                    .create(NewPipeline.importing(
                            "members", "members", FileFormat.csv(), MappingDefinition.importFromJson(GOOD)))
                    .current()
                    .contentHash());
            try {
                club.pipelines()
                        .create(NewPipeline.importing(
                                "members-2", "members", FileFormat.csv(), MappingDefinition.importFromJson(BAD)));
            } catch (GantryException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
