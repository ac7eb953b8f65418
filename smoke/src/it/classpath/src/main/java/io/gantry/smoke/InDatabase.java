// SPDX-License-Identifier: Apache-2.0
package io.gantry.smoke;

import static io.gantry.smoke.Smoke.require;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.jdbc.JdbcDatasets;
import io.gantry.jdbc.JdbcDocuments;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.spi.document.DocumentStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A file into a table of H2; the engine's documents once in H2 and once in a file of SQLite. */
final class InDatabase {

    private InDatabase() {}

    static void run(Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("courses.csv"), "id,title\n1,Logic\n2,Engines\n");
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:smoke;DB_CLOSE_DELAY=-1;DATABASE_TO_LOWER=TRUE");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table courses (id int primary key, title varchar(100) not null)");
        }
        load(database, JdbcDocuments.in(database), file);
        load(database, JdbcDocuments.file(folder.resolve("gantry.db")), file);
    }

    private static void load(DataSource database, DocumentStore documents, Path file) throws SQLException {
        try (Gantry gantry = Gantry.builder()
                .documents(documents)
                .dataset(JdbcDatasets.of(database).table("courses").open())
                .build()) {
            Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
            workspace
                    .pipelines()
                    .createActive(NewPipeline.importing(
                            "courses",
                            "courses",
                            FileFormat.csv(),
                            mapping -> mapping.column("id")
                                    .to("id")
                                    .column("title")
                                    .to("title")
                                    .upsert()));
            Run run = workspace.runs().submit("courses", file).await();
            require(run.status() == RunStatus.SUCCEEDED, "the import succeeds: " + run.report());
            require(rows(database) == 2, "two rows in the table");
            run.rollBack(Reason.of("WRONG_FILE"));
            require(rows(database) == 0, "no rows after the rollback");
        }
    }

    private static int rows(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from courses")) {
            result.next();
            return result.getInt(1);
        }
    }
}
