// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.documents;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gantry.jdbc.JdbcDocuments;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Fills a store with run-like documents of several tenants and measures what the engine does all day: commits of three
 * documents, a document by its id, first pages.
 *
 * <p>Arguments: where ({@code postgres}, {@code sqlite}, {@code h2} or {@code h2-durable}, the latter without a delay of
 * writes), and how many runs; default is {@code postgres 1000000}. PostgreSQL is started by the program; every
 * commit reaches its disk.
 */
public final class DocumentStoreTimes {

    private static final int TURNS = 300;
    private static final int SECONDS = 8;

    private final DocumentStore store;
    private final long runs;
    private final AtomicLong next;

    private DocumentStoreTimes(DocumentStore store, long runs) {
        this.store = store;
        this.runs = runs;
        this.next = new AtomicLong(runs);
    }

    /**
     * Measures.
     *
     * @param args where, and how many runs
     * @throws Exception when something cannot be started
     */
    public static void main(String[] args) throws Exception {
        String where = args.length > 0 ? args[0] : "postgres";
        long runs = args.length > 1 ? Long.parseLong(args[1]) : 1_000_000;
        Path folder = Files.createTempDirectory("gantry-documents");
        if (where.equals("postgres")) {
            try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setServerConfig("shared_buffers", "512MB")
                    .setServerConfig("synchronous_commit", "on")
                    .start()) {
                HikariConfig config = pool();
                config.setDataSource(server.getPostgresDatabase());
                try (HikariDataSource pool = new HikariDataSource(config)) {
                    measure(where, JdbcDocuments.in(pool), runs);
                }
            }
        } else if (where.equals("sqlite")) {
            measure(where, JdbcDocuments.file(folder.resolve("documents.db")), runs);
        } else {
            HikariConfig config = pool();
            config.setJdbcUrl(url(where, folder));
            try (HikariDataSource pool = new HikariDataSource(config)) {
                measure(where, JdbcDocuments.in(pool), runs);
            }
        }
        if (!where.equals("postgres")) { // whose folder is gone with it
            report("size on disk, MB", size(folder) / 1e6);
        }
    }

    private static HikariConfig pool() {
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(4);
        return config;
    }

    private static String url(String where, Path folder) {
        return switch (where) {
            case "h2" -> "jdbc:h2:file:" + folder.resolve("documents");
            case "h2-durable" -> "jdbc:h2:file:" + folder.resolve("documents") + ";WRITE_DELAY=0";
            default -> throw new IllegalArgumentException("Unknown store: " + where);
        };
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void measure(String where, DocumentStore store, long runs) throws Exception {
        System.out.println("# " + where + ", " + runs + " runs, "
                + Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version());
        try (store) {
            store.open(RunDocuments.KINDS);
            DocumentStoreTimes times = new DocumentStoreTimes(store, runs);
            times.fill();
            times.reads();
            times.commits(1);
            times.commits(4);
            times.reads();
        }
    }

    private static void report(String what, double value) {
        System.out.println(String.format(Locale.ROOT, "%-52s %10.3f", what, value));
    }

    private void fill() {
        long start = System.nanoTime();
        RunDocuments documents = new RunDocuments();
        List<DocumentWrite> writes = new ArrayList<>();
        for (long number = 0; number < runs; number++) {
            writes.add(new DocumentWrite.Insert(documents.run(tenant(number), number)));
            if (writes.size() == 1_000 || number == runs - 1) {
                store.commit(writes);
                writes.clear();
            }
        }
        report("filling, documents a second", runs / seconds(start));
    }

    private static String tenant(long number) {
        int one = Long.numberOfTrailingZeros(number * 2_654_435_761L >>> 5 | 1 << 4);
        return RunDocuments.TENANTS.get(one);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void reads() {
        Random random = new Random(11);
        median("document by id", turn -> {
            long number = random.nextLong(runs);
            if (store.find(tenant(number), "run", RunDocuments.runId(number)).isEmpty()) {
                throw new IllegalStateException("Nothing found");
            }
        });
        for (String tenant : List.of("acme", "south")) {
            DocumentQuery latest = DocumentQuery.of(tenant, "run").orderBy("submitted_at", true);
            median("first page of 50 by time, descending, " + tenant, turn -> found(latest.page(50, null)));
            median("  with pipeline and status SUCCEEDED", turn -> found(where(latest, random, "SUCCEEDED")));
            median("  with pipeline and status ROLLED_BACK", turn -> store.query(where(latest, random, "ROLLED_BACK")));
            String cursor = deep(latest);
            median("  a page behind 5,000 documents", turn -> found(latest.page(50, cursor)));
        }
        DocumentQuery open = DocumentQuery.of("acme", "run")
                .where("status", Operator.IN, List.of("QUEUED", "RUNNING"))
                .orderBy("submitted_at", false)
                .page(50, null);
        median("runs that have not ended (there are none)", turn -> store.query(open));
    }

    private String deep(DocumentQuery query) {
        String cursor = null;
        for (int i = 0; i < 5; i++) {
            cursor = Objects.requireNonNull(
                    store.query(query.page(1_000, cursor)).cursor(), "too few documents");
        }
        return Objects.requireNonNull(cursor);
    }

    private static DocumentQuery where(DocumentQuery query, Random random, String status) {
        return query.where("pipeline", Operator.EQUAL, "pipeline-" + random.nextInt(40))
                .where("status", Operator.EQUAL, status)
                .page(50, null);
    }

    private void found(DocumentQuery query) {
        if (store.query(query).documents().isEmpty()) {
            throw new IllegalStateException("Nothing found");
        }
    }

    private static void median(String what, LongConsumer action) {
        long[] times = new long[TURNS];
        for (int turn = -TURNS / 3; turn < TURNS; turn++) {
            long start = System.nanoTime();
            action.accept(turn);
            if (turn >= 0) {
                times[turn] = System.nanoTime() - start;
            }
        }
        Arrays.sort(times);
        report(what + ", median ms", times[TURNS / 2] / 1e6);
    }

    private void commits(int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<List<Long>>> ends = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            ends.add(pool.submit(() -> commit(start)));
        }
        List<Long> times = new ArrayList<>();
        for (Future<List<Long>> end : ends) {
            times.addAll(end.get());
        }
        double seconds = seconds(start);
        pool.shutdown();
        times.sort(null);
        report("commits of 3 documents a second, " + threads + " threads", times.size() / seconds);
        report("  median ms", times.get(times.size() / 2) / 1e6);
        report("  99 of 100 within ms", times.get(times.size() * 99 / 100) / 1e6);
    }

    private List<Long> commit(long start) {
        RunDocuments documents = new RunDocuments();
        List<Long> times = new ArrayList<>();
        while (seconds(start) < SECONDS) {
            long number = next.getAndIncrement();
            Document run = documents.run(documents.tenant(), number);
            List<DocumentWrite> writes = List.of(
                    new DocumentWrite.Insert(run),
                    new DocumentWrite.Insert(RunDocuments.event(run.tenant(), "e-" + number, run.id(), number)),
                    new DocumentWrite.Insert(RunDocuments.key(run.tenant(), "k-" + number)));
            long before = System.nanoTime();
            store.commit(writes);
            times.add(System.nanoTime() - before);
        }
        return times;
    }
}
