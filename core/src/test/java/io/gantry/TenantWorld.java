// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.audit.AuditQuery;
import io.gantry.engine.Engine;
import io.gantry.local.Datasets;
import io.gantry.local.InMemoryDocumentStore;
import io.gantry.local.LocalFileStore;
import io.gantry.mapping.ExportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Plan;
import io.gantry.run.Run;
import io.gantry.run.RunQuery;
import io.gantry.run.RunRequest;
import io.gantry.settings.TenantSettings.SameFile;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.ManualRunEngine;
import io.gantry.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * An engine with a tenant that looks around, and perhaps another one that has much to be seen. What the first has is the same in
 * either world, ids and moments included.
 */
final class TenantWorld implements AutoCloseable {

    private static final Schema SCHEMA = Schema.of(
                    Field.of("id", FieldType.STRING).length(20).required(), Field.of("name", FieldType.STRING))
            .key("id");

    /**
     * What names things of the other tenant.
     *
     * @param pipeline id of a pipeline
     * @param code of the same
     * @param export code of another
     * @param run a run that loaded some rows and rejected others
     * @param queued a run that waits
     * @param exported a run that wrote a file
     * @param preview a preview
     * @param plan what it planned
     * @param file a file
     * @param output another
     * @param runPage where a page of runs begins
     * @param eventPage where a page of events begins
     * @param dataset a dataset that only it has
     * @param key an idempotency key that it has used
     */
    record Theirs(
            String pipeline,
            String code,
            String export,
            String run,
            String queued,
            String exported,
            String preview,
            Plan plan,
            String file,
            String output,
            String runPage,
            String eventPage,
            String dataset,
            String key) {

        /** All that may be taken for the id of a run. */
        List<String> runs() {
            return List.of(run, queued, exported, preview, pipeline, file);
        }

        /** All that may be taken for the code or the id of a pipeline. */
        List<String> pipelines() {
            return List.of(pipeline, code, export, run);
        }

        /** All that may be taken for the ref of a file. */
        List<String> files() {
            return List.of(file, output, run);
        }
    }

    private final InMemoryDocumentStore documents = new InMemoryDocumentStore();
    private final SettableClock clock = SettableClock.at("2026-01-31T08:00:00Z");
    private final ManualRunEngine engine = new ManualRunEngine(2);
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, List<Dataset>> datasets = new HashMap<>();
    private final Path folder;
    private final Gantry gantry;
    private final Workspace mine;
    private final Run done;
    private final Run queued;
    private final Run previewed;
    private final StoredFile file;
    private String ids = "theirs-";
    private Optional<Theirs> theirs = Optional.empty();

    private TenantWorld(boolean two) throws IOException {
        folder = Files.createTempDirectory("gantry-tenants");
        datasets.put("theirs", List.of(Datasets.inMemory("people", SCHEMA), Datasets.inMemory("secrets", SCHEMA)));
        datasets.put("mine", List.of(Datasets.inMemory("people", SCHEMA)));
        gantry = Gantry.builder()
                .documents(documents)
                .files(new LocalFileStore(folder, clock))
                .clock(clock)
                .ids(() -> ids + numbers.incrementAndGet())
                .runs(engine)
                .datasets(tenant -> datasets.getOrDefault(tenant, List.of()))
                .build();
        if (two) {
            theirs = Optional.of(populate(gantry.workspace(Principal.owner("theirs", "eve"))));
        }
        ids = "mine-";
        numbers.set(0);
        mine = gantry.workspace(Principal.owner("mine", "ada"));
        pipeline(mine, "own", "people");
        file = store(mine, "id,name\n1,Al\n");
        done = mine.runs().submit(RunRequest.ofStored("own", file.ref()));
        previewed = mine.runs().preview(RunRequest.ofStored("own", file.ref()));
        carryOut(done, previewed);
        queued = mine.runs().submit(RunRequest.ofStored("own", file.ref()));
    }

    static TenantWorld withTwoTenants() throws IOException {
        return new TenantWorld(true);
    }

    static TenantWorld withOneTenant() throws IOException {
        return new TenantWorld(false);
    }

    private static void pipeline(Workspace workspace, String code, String dataset) {
        workspace
                .pipelines()
                .createActive(NewPipeline.importing(
                        code,
                        dataset,
                        FileFormat.csv(),
                        mapping ->
                                mapping.columns("id", "name").skipInvalidRows().upsert()));
    }

    private static StoredFile store(Workspace workspace, String text) {
        return workspace.store("people.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Has runs end, whatever else waits. */
    private void carryOut(Run... runs) {
        while (!Stream.of(runs).allMatch(run -> run.refresh().status().hasEnded())) {
            assertThat(engine.carryOutNext()).as("a run is due").isTrue();
        }
    }

    private Theirs populate(Workspace other) {
        pipeline(other, "hush", "secrets");
        other.pipelines()
                .createActive(
                        NewPipeline.exporting("hush-out", "secrets", FileFormat.csv(), ExportMapping.of("id", "name")));
        StoredFile input = store(other, "id,name\n7,Zoe\n,nobody\n8,Yan\n");
        Run run = other.runs().submit(RunRequest.ofStored("hush", input.ref()).idempotencyKey("monday"));
        carryOut(run);
        Run exported = other.runs().submit(RunRequest.of("hush-out"));
        Run preview = other.runs().preview(RunRequest.ofStored("hush", input.ref()));
        carryOut(exported, preview);
        other.settings().change(settings -> settings.limits(1, 1).sameFile(SameFile.WARN));
        other.pipelines()
                .changeMapping(
                        "hush",
                        io.gantry.mapping.ImportMapping.of(
                                mapping -> mapping.columns("id", "name").upsert()));
        Run waiting = other.runs().submit(RunRequest.ofStored("hush", input.ref()));
        other.runs().submit(RunRequest.ofStored("hush", input.ref()));
        return new Theirs(
                other.pipelines().get("hush").id(),
                "hush",
                "hush-out",
                run.id(),
                waiting.id(),
                exported.id(),
                preview.id(),
                preview.refresh().plan(),
                input.ref(),
                exported.refresh().output().orElseThrow().ref(),
                String.valueOf(other.runs().list(RunQuery.ALL.page(1, null)).next()),
                String.valueOf(other.audit().find(AuditQuery.ALL.page(1, null)).next()),
                "secrets",
                "monday");
    }

    Theirs theirs() {
        return theirs.orElseThrow();
    }

    /** What the tenant that looks around sees. */
    Workspace mine() {
        return mine;
    }

    /** A run of its own that has loaded a row. */
    Run done() {
        return done.refresh();
    }

    /** A run of its own that waits. */
    Run queued() {
        return queued.refresh();
    }

    /** A preview of its own. */
    Run previewed() {
        return previewed.refresh();
    }

    /** A file of its own. */
    StoredFile file() {
        return mine.file(file.ref()).orElseThrow();
    }

    /** All that is kept of the other tenant: documents, files and rows. */
    Map<String, String> allOfTheirs() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (DocumentKind kind : Engine.KINDS) {
            for (Document document :
                    documents.query(DocumentQuery.of("theirs", kind.name())).documents()) {
                all.put(kind.name() + " " + document.id(), document.toString());
            }
        }
        for (Document ticket : documents
                .query(DocumentQuery.of("*", "ticket").where("of_tenant", Operator.EQUAL, "theirs"))
                .documents()) {
            all.put("ticket " + ticket.id(), ticket.toString());
        }
        documents.find("*", "gate", "theirs").ifPresent(gate -> all.put("gate", gate.toString()));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                if (theirs.isPresent() && path.toString().contains(theirs().file())) {
                    all.put(path.toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
                }
            }
        }
        datasets.getOrDefault("theirs", List.of())
                .forEach(dataset -> all.put(
                        "rows of " + dataset.name(),
                        ((io.gantry.local.RecordDataset<?>) dataset).records().toString()));
        return all;
    }

    /** What a call gives, or how it fails, in words. */
    static String told(Callable<?> call) {
        try {
            return words(call.call());
        } catch (GantryException e) {
            return e.code() + " " + e.kind() + " " + e.getMessage() + " " + new TreeMap<>(e.details());
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static String words(Object value) {
        if (value instanceof Run run) {
            return String.join(
                    ", ",
                    run.toString(),
                    run.mode().name(),
                    run.version(),
                    run.submittedBy(),
                    run.submittedAt().toString(),
                    run.warnings().toString(),
                    run.whyWaiting());
        }
        if (value instanceof StoredFile file) {
            return file.name() + ", " + file.length() + ", " + file.sha256(); // its ref is made by chance
        }
        if (value instanceof Optional<?> optional) {
            return optional.<String>map(found -> "Optional of " + words(found)).orElse("Optional.empty");
        }
        if (value instanceof Page<?> page) {
            return "Page of " + words(page.items()) + " then " + page.next();
        }
        if (value instanceof List<?> list) {
            List<String> all = new ArrayList<>();
            list.forEach(each -> all.add(words(each)));
            return all.toString();
        }
        return String.valueOf(value);
    }

    @Override
    public void close() {
        gantry.close();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
