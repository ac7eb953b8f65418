// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.jdbc.JdbcDatasets;
import io.gantry.jdbc.JdbcDocuments;
import io.gantry.local.LocalFileStore;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.CrashPoint;
import io.gantry.run.Run;
import io.gantry.run.RunQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.sqlite.SQLiteDataSource;

/** A process is killed in the midst of an import; the next one finds the run and brings it to its end, once. */
public final class SurviveKill {

    private static final String TABLE = """
            create table population (
                "Country Code" text, Year int, Value decimal(12, 0), primary key ("Country Code", Year))""";

    private static final Principal ADA = Principal.owner("acme", "ada");

    private SurviveKill() {}

    /**
     * Has a process killed before its load is part of the table, and one after that; goes on where each was.
     *
     * @param arguments none; the process to be killed is told its folder and where to wait for its end
     * @throws Exception when something goes wrong
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2) {
            importUntil(CrashPoint.valueOf(arguments[1]), Path.of(arguments[0]));
            return;
        }
        for (CrashPoint point : List.of(CrashPoint.FIRST_BATCH_STAGED, CrashPoint.APPLIED)) {
            Path folder = Files.createTempDirectory("survive");
            ask(folder, TABLE);
            kill(point, folder);
            System.out.println("killed at " + point + ": " + loaded(folder) + " rows are loaded");
            try (Gantry gantry = engine(folder, reached -> {})) {
                Workspace acme = gantry.workspace(ADA);
                Run run = acme.runs().list(RunQuery.ALL).items().get(0).await();
                System.out.println("  " + run.status() + " in attempt " + run.attempt() + ", " + run.counts());
                var audit = acme.audit().verify();
                System.out.println("  " + loaded(folder) + " rows are loaded, audit: " + audit.events() + " events, "
                        + (audit.isWhole() ? "whole" : audit.problem()));
            }
        }
    }

    /** The next process waits for two seconds at most before it takes over what this one was at. */
    private static Gantry engine(Path folder, Consumer<CrashPoint> observer) throws IOException {
        return Gantry.builder()
                .documents(JdbcDocuments.file(folder.resolve("gantry.db")))
                .files(new LocalFileStore(folder.resolve("files"), Clock.systemUTC()))
                .dataset(JdbcDatasets.of(table(folder)).table("population").open())
                .lease(Duration.ofSeconds(2))
                .crashPoints(observer)
                .build();
    }

    /** What the process does that is killed: it comes as far as to a point, says so, and waits for its end. */
    private static void importUntil(CrashPoint point, Path folder) throws IOException {
        try (Gantry gantry = engine(folder, reached -> {
            if (reached == point) {
                System.out.println("here");
                new CompletableFuture<>().join();
            }
        })) {
            Workspace acme = gantry.workspace(ADA);
            acme.pipelines()
                    .createActive(NewPipeline.importing(
                            "population",
                            "population",
                            FileFormat.csv(),
                            columns -> columns.columns("Country Code", "Year", "Value")
                                    .upsert()));
            acme.runs().submit("population", School.data("population.csv")).await();
        }
    }

    private static void kill(CrashPoint point, Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SurviveKill.class.getName(),
                        folder.toString(),
                        point.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.inputReader().readLine();
        process.destroyForcibly().waitFor();
    }

    private static SQLiteDataSource table(Path folder) {
        SQLiteDataSource table = new SQLiteDataSource();
        table.setUrl("jdbc:sqlite:" + folder.resolve("population.db"));
        return table;
    }

    private static long loaded(Path folder) throws SQLException {
        return ask(folder, "select count(*) from population");
    }

    private static long ask(Path folder, String sql) throws SQLException {
        try (Connection connection = table(folder).getConnection();
                Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? statement.getResultSet().getLong(1) : 0;
        }
    }
}
