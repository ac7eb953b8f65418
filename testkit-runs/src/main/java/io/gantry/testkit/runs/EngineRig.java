// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.audit.AuditEvent;
import io.gantry.audit.AuditQuery;
import io.gantry.local.LocalFileStore;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.file.FileStore;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.ManualPulse;
import io.gantry.testkit.ManualRunEngine;
import io.gantry.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What tests of engines stand on: documents, files, a dataset and a clock that several engines share. */
final class EngineRig implements AutoCloseable {

    static final String TENANT = "acme";
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final Schema SCHEMA = Schema.of(
                    Field.of("id", FieldType.STRING).length(40).required(),
                    Field.of("name", FieldType.STRING).length(60))
            .key("id");
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final EngineContract suite;
    private final Supplier<DocumentStore> documents;
    private final Dataset dataset;
    private final Path folder;
    private final FileStore files;
    private final SettableClock clock = SettableClock.at("2026-01-31T08:00:00Z");
    private final List<EngineSite> sites = new ArrayList<>();

    private EngineRig(EngineContract suite) {
        this.suite = suite;
        documents = suite.documents();
        dataset = suite.create("e" + NAMES.incrementAndGet(), SCHEMA);
        try {
            folder = Files.createTempDirectory("gantry-engines");
            files = LocalFileStore.temporary(folder, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EngineRig of(Object contract) {
        return new EngineRig((EngineContract) contract);
    }

    EngineContract suite() {
        return suite;
    }

    Dataset dataset() {
        return dataset;
    }

    SettableClock clock() {
        return clock;
    }

    /** Lets all leases come to their ends, unless they are renewed. */
    void passLease() {
        clock.advance(LEASE.plusSeconds(1));
    }

    /** One more store with the documents of all engines; not opened. */
    DocumentStore store() {
        return documents.get();
    }

    /** An engine that does nothing by itself. */
    EngineSite still() {
        return still(builder -> builder);
    }

    EngineSite still(UnaryOperator<Gantry.Builder> more) {
        ManualRunEngine runs = new ManualRunEngine(2);
        return open(runs, builder -> more.apply(builder.runs(runs)));
    }

    /** An engine with slots of its own, which hears nothing of others by itself. */
    EngineSite alone(UnaryOperator<Gantry.Builder> more) {
        return open(new ManualRunEngine(0), more);
    }

    private EngineSite open(ManualRunEngine runs, UnaryOperator<Gantry.Builder> more) {
        ManualPulse pulse = new ManualPulse();
        Gantry gantry = more.apply(Gantry.builder()
                        .dataset(dataset)
                        .documents(documents.get())
                        .files(files)
                        .clock(clock)
                        .lease(LEASE)
                        .shutdownGrace(Duration.ZERO)
                        .pulse(pulse))
                .build();
        EngineSite site = new EngineSite(this, gantry, pulse, runs);
        sites.add(site);
        return site;
    }

    /** A file with a row for each id. */
    static MemoryFile file(String... ids) {
        return named("name of ", ids);
    }

    /** A file with a row for each id; the names begin with some words. */
    static MemoryFile named(String words, String... ids) {
        StringBuilder text = new StringBuilder("id,name\n");
        for (String id : ids) {
            text.append(id).append(',').append(words).append(id).append('\n');
        }
        return new MemoryFile("things.csv", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What the dataset holds: names by ids. */
    Map<String, @Nullable Object> content() {
        Map<String, @Nullable Object> rows = new TreeMap<>();
        RowBatch batch = new RowBatch(SCHEMA.fields(), 64);
        try (DatasetReader reader = ((ReadableDataset) dataset).read(Selection.of(SCHEMA.names()))) {
            while (reader.read(batch)) {
                for (int row = 0; row < batch.size(); row++) {
                    rows.put(
                            String.valueOf(batch.column(0).object(row)),
                            batch.column(1).object(row));
                }
            }
        }
        return rows;
    }

    void assertIds(String... ids) {
        assertThat(content().keySet()).containsExactlyInAnyOrder(ids);
    }

    static Principal owner(String tenant) {
        return Principal.owner(tenant, "ada");
    }

    /** All events of a tenant, the earliest first; and that their chain is whole. */
    static List<AuditEvent> events(Workspace workspace) {
        var verified = workspace.audit().verify();
        assertThat(verified.problem()).isEmpty();
        List<AuditEvent> events = new ArrayList<>();
        AuditQuery query = AuditQuery.ALL.page(1_000, null);
        String next = null;
        do {
            var page = workspace.audit().find(query.page(1_000, next));
            events.addAll(page.items());
            next = page.next();
        } while (next != null);
        assertThat(events).hasSize((int) verified.events());
        events.sort(Comparator.comparing(AuditEvent::sequence));
        return events;
    }

    /** How often something was audited. */
    static long count(Workspace workspace, String action) {
        return events(workspace).stream()
                .filter(event -> event.action().equals(action))
                .count();
    }

    @Override
    public void close() {
        sites.forEach(EngineSite::close);
        suite.clear();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
