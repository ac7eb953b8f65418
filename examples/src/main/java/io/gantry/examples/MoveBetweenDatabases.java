// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.jdbc.JdbcDatasets;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;

/**
 * Moves rows of a table in one database into a table of another: mapped, checked, previewed, loaded in one step, and rolled back.
 * A pipeline from dataset to dataset is like any other; only its rows come from no file.
 */
public final class MoveBetweenDatabases {

    private MoveBetweenDatabases() {}

    /**
     * Moves the table {@code contacts} of one database into the table {@code customers} of the other.
     *
     * @param from has the table {@code contacts (id, name, mail)}
     * @param to has the table {@code customers (id, name, email)}
     * @param out is told what happens
     * @throws IOException when the file of rejects cannot be read
     */
    public static void run(DataSource from, DataSource to, PrintStream out) throws IOException {
        try (Gantry gantry = Gantry.builder()
                .dataset(JdbcDatasets.of(from).table("contacts").open())
                .dataset(JdbcDatasets.of(to).table("customers").open())
                .build()) {
            Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
            workspace
                    .pipelines()
                    .createActive(NewPipeline.moving(
                            "contacts-to-customers",
                            "contacts",
                            "customers",
                            mapping -> mapping.column("id")
                                    .to("id")
                                    .column("name")
                                    .to("name")
                                    .trim()
                                    .column("mail")
                                    .to("email")
                                    .email()
                                    .upsert()
                                    .skipInvalidRows()));
            RunRequest move = RunRequest.of("contacts-to-customers");
            out.print(workspace.runs().preview(move).await().report());
            Run run = workspace.runs().submit(move).await();
            out.print(run.report());
            try (InputStream rejects = run.rejects().orElseThrow().open()) {
                out.print(new String(rejects.readAllBytes(), StandardCharsets.UTF_8));
            }
            out.println(
                    "rolled back: " + run.rollBack(Reason.of("WRONG_SOURCE")).reversed());
        }
    }
}
