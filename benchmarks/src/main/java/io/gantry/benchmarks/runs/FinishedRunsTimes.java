// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.runs;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.benchmarks.SampleFile;
import io.gantry.jdbc.JdbcDocuments;
import io.gantry.local.Datasets;
import io.gantry.local.LocalFileStore;
import io.gantry.run.CrashPoint;
import io.gantry.run.Run;
import io.gantry.run.RunQuery;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.file.FileStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/**
 * Measures the engine on a PostgreSQL that knows many runs which have ended: how long it takes to submit a run, to get one by its
 * id, to list the first page; and how long an engine takes that starts after another one was killed, until it has ended the runs
 * that were left.
 *
 * <p>Argument: how many runs; 1,000,000 unless given. All is measured with 1,000 of them first. PostgreSQL is started by the
 * program, with the defaults it has, but for larger shared buffers.
 */
public final class FinishedRunsTimes {

    private static final int FEW = 1_000;
    private static final int TURNS = 300;
    private static final int PAGE = 50;
    private static final int LEFT = 20;
    private static final int STARTS = 5;
    private static final Duration LEASE = Duration.ofMillis(500);

    private final DataSource database;
    private final FileStore files;
    private final Path file;

    /** How far the clocks of engines are ahead: that is how leases come to their ends without anybody waiting. */
    private Duration late = Duration.ZERO;

    private final Dataset people = Datasets.inMemory("people", SampleFile.SCHEMA);

    private FinishedRunsTimes(DataSource database, FileStore files, Path file) {
        this.database = database;
        this.files = files;
        this.file = file;
    }

    /**
     * Measures.
     *
     * @param args how many runs
     * @throws Exception when something cannot be started
     */
    public static void main(String[] args) throws Exception {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Path folder = Files.createTempDirectory("gantry-runs");
        Path file = SampleFile.make(Files.createDirectories(SampleFile.FOLDER), 10, 0);
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            HikariConfig config = new HikariConfig();
            config.setDataSource(server.getPostgresDatabase());
            config.setMaximumPoolSize(8);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                FileStore files = new LocalFileStore(folder.resolve("files"), Clock.systemUTC());
                new FinishedRunsTimes(pool, files, file).measure(runs);
            }
        }
    }

    private void measure(int runs) throws Exception {
        report("# processors", Runtime.getRuntime().availableProcessors());
        try (Gantry gantry = open(point -> {})) {
            FinishedRuns.carryOutOneOfEach(gantry, file);
        }
        try (DocumentStore store = JdbcDocuments.in(database)) {
            FinishedRuns finished = new FinishedRuns(store);
            int there = 0;
            for (int all : new int[] {FEW, runs}) {
                long start = System.nanoTime();
                Map<String, List<String>> ids = finished.copy(all - there);
                there = all;
                analyze(); // as autovacuum would in its own time
                System.out.println();
                report("# runs that have ended, at least", all);
                report("filled within s", (System.nanoTime() - start) / 1e9);
                times(ids);
                starts();
            }
        }
    }

    private Gantry open(Consumer<CrashPoint> crashPoints) {
        return Gantry.builder()
                .documents(JdbcDocuments.in(database))
                .files(files)
                .dataset(people)
                .clock(Clock.offset(Clock.systemUTC(), late))
                .lease(LEASE)
                .crashPoints(crashPoints)
                .build();
    }

    private void analyze() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
        }
    }

    private void times(Map<String, List<String>> ids) {
        try (Gantry gantry = open(point -> {})) {
            for (String tenant : List.of(FinishedRuns.TENANTS.get(0), FinishedRuns.TENANTS.get(3))) {
                Workspace workspace = gantry.workspace(Principal.owner(tenant, "ada"));
                Random random = new Random(7);
                List<Run> submitted = new ArrayList<>();
                median("submit a file of ten rows, " + tenant, turn -> {
                    submitted.forEach(Run::await);
                    submitted.clear();
                    return () -> submitted.add(workspace.runs().submit(FinishedRuns.code(turn & 7), file));
                });
                submitted.forEach(Run::await);
                List<String> some = ids.getOrDefault(tenant, List.of());
                median("  get by id", turn -> {
                    String id = some.get(random.nextInt(some.size()));
                    return () -> FinishedRuns.check(workspace.runs().get(id), id);
                });
                RunQuery first = RunQuery.ALL.page(PAGE, null);
                list(workspace, "  first page of 50", first);
                list(workspace, "  first page of one pipeline's", first.pipeline(FinishedRuns.code(3)));
                RunQuery succeeded = first.status(RunStatus.SUCCEEDED);
                list(workspace, "  first page of those that succeeded", succeeded);
                String next = workspace.runs().list(succeeded).next();
                list(workspace, "  second page of these", succeeded.page(PAGE, next));
                RunQuery failed = first.status(RunStatus.FAILED);
                median(
                        "  first page of those that failed (none)",
                        turn -> () -> workspace.runs().list(failed));
            }
        }
    }

    private static void list(Workspace workspace, String what, RunQuery query) {
        median(what, turn -> () -> {
            if (workspace.runs().list(query).items().isEmpty()) {
                throw new IllegalStateException("Nothing found");
            }
        });
    }

    /** Each turn prepares what is measured and gives it. */
    private static void median(String what, IntFunction<Runnable> turns) {
        long[] times = new long[TURNS];
        for (int turn = -TURNS / 3; turn < TURNS; turn++) {
            Runnable action = turns.apply(turn);
            long start = System.nanoTime();
            action.run();
            if (turn >= 0) {
                times[turn] = System.nanoTime() - start;
            }
        }
        Arrays.sort(times);
        report(what + ", median ms", times[TURNS / 2] / 1e6);
    }

    /** How long an engine takes to start and to end what another one has left when it was killed. */
    private void starts() throws Exception {
        List<Double> starts = new ArrayList<>();
        List<Double> ends = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            List<String> left = leaveWork();
            long start = System.nanoTime();
            try (Gantry gantry = open(point -> {})) {
                starts.add((System.nanoTime() - start) / 1e6);
                Workspace workspace = gantry.workspace(Principal.owner(FinishedRuns.TENANTS.get(0), "ada"));
                for (String id : left) {
                    Run run = workspace.runs().get(id).await();
                    if (run.status() != RunStatus.SUCCEEDED) {
                        throw new IllegalStateException("A run that was left came to " + run);
                    }
                }
                ends.add((System.nanoTime() - start) / 1e6);
            }
        }
        report("start of an engine, median ms", median(starts));
        report("  until it has ended " + LEFT + " runs that were left, median ms", median(ends));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    /** Has an engine fall silent over runs that it has begun, and lets their leases end. */
    private List<String> leaveWork() throws InterruptedException {
        List<String> left = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(LEFT);
        Consumer<CrashPoint> silence = point -> {
            if (point == CrashPoint.CLAIMED) {
                begun.countDown();
                throw new ProviderException("SILENT", FailureKind.TRANSIENT, "The worker is lost, for the benchmark");
            }
        };
        try (Gantry gantry = open(silence)) {
            Workspace workspace = gantry.workspace(Principal.owner(FinishedRuns.TENANTS.get(0), "ada"));
            for (int i = 0; i < LEFT; i++) {
                RunRequest request =
                        RunRequest.of(FinishedRuns.code(i & 7), file).forced();
                left.add(workspace.runs().submit(request).id());
            }
            begun.await();
        }
        late = late.plus(LEASE);
        return left;
    }

    private static void report(String what, double value) {
        System.out.println(String.format(Locale.ROOT, "%-52s %10.3f", what, value));
    }
}
