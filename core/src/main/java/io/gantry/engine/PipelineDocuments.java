// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.pipeline.Endpoint;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A tenant's pipelines as documents. A pipeline is one document with its current version and its draft in it, so that its
 * revision guards all of it; versions that were replaced have documents of their own. For the engine's own use: nobody's
 * permissions are looked at.
 *
 * @param documents where they are
 * @param tenant whose
 */
record PipelineDocuments(DocumentStore documents, String tenant) {

    /** What the document store is told of pipelines. */
    static final DocumentKind PIPELINES = new DocumentKind(
            "pipeline",
            Map.of(
                    "code", DocumentKind.Type.TEXT,
                    "direction", DocumentKind.Type.TEXT,
                    "status", DocumentKind.Type.TEXT));

    /** Of the codes that are taken: the code is the document's id, so two callers cannot both take it. */
    static final DocumentKind CODES = new DocumentKind("pipeline_code", Map.of("pipeline", DocumentKind.Type.TEXT));

    /** Of the versions that were replaced. */
    static final DocumentKind VERSIONS = new DocumentKind(
            "pipeline_version", Map.of("pipeline", DocumentKind.Type.TEXT, "edited_at", DocumentKind.Type.TIME));

    Optional<Pipeline> find(String codeOrId) {
        return documents
                .find(tenant, CODES.name(), codeOrId)
                .map(claim -> (String) claim.attributes().get("pipeline"))
                .or(() -> Optional.of(codeOrId))
                .flatMap(this::findById);
    }

    private Optional<Pipeline> findById(String id) {
        return documents.find(tenant, PIPELINES.name(), id).map(PipelineDocuments::pipeline);
    }

    /** The pipeline of a run: a code that looks like its id leads to no other. */
    Pipeline byId(String id) {
        return findById(id).orElseThrow(() -> missing(id));
    }

    private static GantryException missing(String codeOrId) {
        return new GantryException(
                ErrorCode.PIPELINE_NOT_FOUND, "There is no pipeline with code or id '" + codeOrId + "'");
    }

    /** Whether a code cannot be taken: another pipeline has it, be it as its id. */
    boolean isTaken(String code) {
        return documents.find(tenant, CODES.name(), code).isPresent()
                || documents.find(tenant, PIPELINES.name(), code).isPresent();
    }

    Pipeline get(String codeOrId) {
        return find(codeOrId).orElseThrow(() -> missing(codeOrId));
    }

    List<Pipeline> list(UnaryOperator<DocumentQuery> conditions) {
        return all(conditions.apply(DocumentQuery.of(tenant, PIPELINES.name())).orderBy("code", false)).stream()
                .map(PipelineDocuments::pipeline)
                .toList();
    }

    /** All versions, the newest first. */
    List<PipelineVersion> versions(Pipeline pipeline) {
        List<PipelineVersion> versions = new ArrayList<>();
        all(DocumentQuery.of(tenant, VERSIONS.name()).where("pipeline", DocumentQuery.Operator.EQUAL, pipeline.id()))
                .forEach(document -> versions.add(PipelineJson.version(Json.read(document.body()))));
        versions.add(pipeline.current());
        Stream.ofNullable(pipeline.draft()).forEach(versions::add);
        versions.sort((a, b) -> Semver.of(b.version()).compareTo(Semver.of(a.version())));
        return List.copyOf(versions);
    }

    /** The name of the dataset that a run loads: a pipeline never gets another one. */
    String dataset(RunState run) {
        return loaded(byId(run.order().pipelineId()).current());
    }

    /** The name of the dataset that a version loads. */
    static String loaded(PipelineVersion version) {
        if (version.to() instanceof Endpoint.Dataset dataset) {
            return dataset.dataset();
        }
        throw new GantryException(
                ErrorCode.ILLEGAL_STATE,
                "Pipeline '" + version.code() + "' loads no dataset: it writes a " + version.to());
    }

    PipelineVersion version(Pipeline pipeline, String version) {
        return Stream.of(pipeline.current(), pipeline.newest())
                .filter(each -> each.version().equals(version))
                .findFirst()
                .or(() -> documents
                        .find(tenant, VERSIONS.name(), versionId(pipeline.id(), version))
                        .map(document -> PipelineJson.version(Json.read(document.body()))))
                .orElseThrow(() -> new GantryException(
                        ErrorCode.VERSION_NOT_FOUND,
                        "Pipeline '" + pipeline.code() + "' has no version '" + version + "'; its versions are "
                                + versions(pipeline).stream()
                                        .map(PipelineVersion::version)
                                        .toList()));
    }

    private List<Document> all(DocumentQuery query) {
        List<Document> found = new ArrayList<>();
        DocumentPage page = documents.query(query.page(1_000, null));
        found.addAll(page.documents());
        while (page.cursor() != null) {
            page = documents.query(query.page(1_000, page.cursor()));
            found.addAll(page.documents());
        }
        return found;
    }

    Document document(Pipeline pipeline) {
        return new Document(
                tenant,
                PIPELINES.name(),
                pipeline.id(),
                pipeline.revision(),
                Map.of(
                        "code", pipeline.code(),
                        "direction", pipeline.direction().name(),
                        "status", pipeline.status().name()),
                PipelineJson.write(pipeline).toString());
    }

    Document claim(Pipeline pipeline) {
        return new Document(tenant, CODES.name(), pipeline.code(), 1, Map.of("pipeline", pipeline.id()), "{}");
    }

    /** The document of a version that was replaced. */
    Document replaced(Pipeline pipeline, PipelineVersion version) {
        return new Document(
                tenant,
                VERSIONS.name(),
                versionId(pipeline.id(), version.version()),
                1,
                Map.of("pipeline", pipeline.id(), "edited_at", version.editedAt()),
                PipelineJson.write(version).toString());
    }

    private static String versionId(String pipeline, String version) {
        return pipeline + "@" + version;
    }

    private static Pipeline pipeline(Document document) {
        return PipelineJson.pipeline(document.id(), document.revision(), Json.read(document.body()));
    }
}
