// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.runs;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.benchmarks.SampleFile;
import io.gantry.engine.Engine;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/**
 * Fills a store with what runs leave behind that have ended: all documents of one real run of each pipeline, again and again
 * under other ids, files and times. The hashes of the copied audit events do not follow each other: nothing that is measured
 * verifies them.
 */
final class FinishedRuns {

    /** Half of all runs are the first tenant's, a quarter the second's, and so on. */
    static final List<String> TENANTS = List.of("acme", "zeta", "umbra", "north");

    static final int PIPELINES = 8;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final DateTimeFormatter PIPELINE_AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final long APART_MILLIS = 20_000;
    private static final int COMMIT = 500;

    private final DocumentStore store;
    private final Random random = new Random(11);
    private final Map<String, List<Template>> templates = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<DocumentWrite> writes = new ArrayList<>();

    /** A run that was carried out, and the audit events that tell of it. */
    private record Template(Document run, List<Document> events, String sha256) {}

    /**
     * Opens a store to be filled, in which there is one run of each pipeline.
     *
     * @param store not opened yet; closed by nobody here
     */
    FinishedRuns(DocumentStore store) {
        this.store = store;
        store.open(Engine.KINDS);
        TENANTS.forEach(tenant -> templates.put(tenant, templates(tenant)));
    }

    /** Makes the pipelines of all tenants and has each carry out one run. */
    static void carryOutOneOfEach(Gantry gantry, Path file) {
        for (String tenant : TENANTS) {
            Workspace workspace = gantry.workspace(Principal.owner(tenant, "ada"));
            for (int i = 0; i < PIPELINES; i++) {
                String code = code(i);
                workspace
                        .pipelines()
                        .createActive(NewPipeline.importing(
                                code,
                                "people",
                                FileFormat.csv(),
                                mapping -> SampleFile.mapping(mapping).upsert()));
                workspace.runs().submit(code, file).await();
            }
        }
    }

    static String code(int pipeline) {
        return "people-" + pipeline;
    }

    static String tenant(Random random) {
        return TENANTS.get(Math.min(Integer.numberOfTrailingZeros(random.nextInt()), TENANTS.size() - 1));
    }

    /**
     * Copies runs.
     *
     * @param count how many
     * @return some of the copies: their ids, by tenant
     */
    Map<String, List<String>> copy(int count) {
        Map<String, List<String>> ids = new HashMap<>();
        TENANTS.forEach(tenant -> sequences.put(tenant, lastSequence(tenant)));
        for (int i = 0; i < count; i++) {
            String tenant = tenant(random);
            List<Template> choice = templates.getOrDefault(tenant, List.of());
            Template template = choice.get(random.nextInt(choice.size()));
            String id = copy(template, START.plusMillis(i * APART_MILLIS));
            if (random.nextInt(1 + count / 1_000) == 0) {
                ids.computeIfAbsent(tenant, any -> new ArrayList<>()).add(id);
            }
        }
        commit();
        return ids;
    }

    private long lastSequence(String tenant) {
        DocumentQuery last = DocumentQuery.of(tenant, "audit_event")
                .orderBy("sequence", true)
                .page(1, null);
        return (Long) Objects.requireNonNull(
                store.query(last).documents().get(0).attributes().get("sequence"));
    }

    private List<Template> templates(String tenant) {
        List<Template> found = new ArrayList<>();
        for (Document run : all(DocumentQuery.of(tenant, "run"))) {
            Object sha256 = run.attributes().get("loaded_file");
            if (sha256 == null) {
                throw new IllegalStateException("A run has loaded nothing: " + run.body());
            }
            List<Document> events = all(DocumentQuery.of(tenant, "audit_event")
                    .where("subject", DocumentQuery.Operator.EQUAL, "run:" + run.id()));
            found.add(new Template(run, events, sha256.toString()));
        }
        return found;
    }

    private List<Document> all(DocumentQuery query) {
        return store.query(query.page(1_000, null)).documents();
    }

    private String copy(Template template, Instant at) {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        byte[] hash = new byte[32];
        random.nextBytes(hash);
        Document run = template.run();
        Map<String, String> other = Map.of(
                run.id(), id,
                template.sha256(), HexFormat.of().formatHex(hash),
                String.valueOf(run.attributes().get("submitted_at")), at.toString());
        String pipelineAt = String.valueOf(run.attributes().get("pipeline_at"));
        String pipeline = pipelineAt.substring(0, pipelineAt.indexOf(' ') + 1);
        insert(copy(run, id, other, Map.of("submitted_at", at, "pipeline_at", pipeline + PIPELINE_AT.format(at))));
        for (Document event : template.events()) {
            long sequence = sequences.merge(event.tenant(), 1L, Long::sum);
            Map<String, String> renumbered = new HashMap<>(other);
            renumbered.put(
                    "\"sequence\":" + event.attributes().get("sequence") + ",", "\"sequence\":" + sequence + ",");
            insert(copy(
                    event,
                    String.format(Locale.ROOT, "%019d", sequence),
                    renumbered,
                    Map.of("sequence", sequence, "at", at)));
        }
        return id;
    }

    private static Document copy(Document original, String id, Map<String, String> texts, Map<String, Object> values) {
        String body = original.body();
        Map<String, Object> attributes = new HashMap<>(original.attributes());
        for (Map.Entry<String, String> text : texts.entrySet()) {
            body = body.replace(text.getKey(), text.getValue());
            attributes.replaceAll(
                    (name, value) -> value instanceof String old ? old.replace(text.getKey(), text.getValue()) : value);
        }
        attributes.putAll(values);
        return new Document(original.tenant(), original.kind(), id, 1, attributes, body);
    }

    private void insert(Document document) {
        writes.add(new DocumentWrite.Insert(document));
        if (writes.size() >= COMMIT) {
            commit();
        }
    }

    private void commit() {
        store.commit(writes);
        writes.clear();
    }

    /** Whether a copy is what it should be. */
    static void check(Run run, String id) {
        if (!run.id().equals(id)
                || run.submittedAt().isAfter(Instant.now())
                || run.counts().read() == 0) {
            throw new IllegalStateException("A copied run is not what it should be: " + run);
        }
    }
}
