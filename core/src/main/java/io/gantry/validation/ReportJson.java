// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.check.Names;
import io.gantry.mapping.DriftPolicy;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.records.DetectingFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The report as JSON; described in {@code docs/report.md}. */
final class ReportJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private ReportJson() {}

    static String write(ValidationReport report) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("pipeline", report.pipeline());
        json.put("dataset", report.dataset());
        ValidationReport.SourceFile file = report.file();
        ObjectNode fileJson = json.putObject("file")
                .put("name", file.name())
                .put("bytes", file.bytes())
                .put("sha256", file.sha256())
                .put("format", file.format())
                .put("correction_of", file.correctionOf());
        file.header().forEach(fileJson.putArray("header")::add);
        json.put("preview", report.preview());
        Counts counts = report.counts();
        json.putObject("counts")
                .put("read", counts.read())
                .put("inserted", counts.inserted())
                .put("updated", counts.updated())
                .put("unchanged", counts.unchanged())
                .put("rejected", counts.rejected())
                .put("skipped", counts.skipped())
                .put("deleted", counts.deleted());
        issues(json.putArray("issues"), report.issues());
        ArrayNode drift = json.putArray("drift");
        for (DriftFinding finding : report.drift()) {
            drift.addObject()
                    .put("kind", Names.word(finding.kind()))
                    .put("column", finding.column())
                    .put("field", finding.field())
                    .put("reaction", Names.word(finding.reaction()))
                    .put("message", finding.message())
                    .put("position", finding.position());
        }
        ArrayNode detected = json.putArray("detected");
        for (DetectingFormat.Evidence evidence : report.detected()) {
            detected.addObject()
                    .put("option", evidence.option())
                    .put("value", evidence.value())
                    .put("confidence", evidence.confidence())
                    .put("reason", evidence.reason());
        }
        ArrayNode warnings = json.putArray("warnings");
        for (Warning warning : report.warnings()) {
            warnings.addObject()
                    .put("code", warning.code())
                    .put("message", warning.message())
                    .put("count", warning.count());
        }
        changes(json.putArray("changes"), report.changes());
        return json.toPrettyString();
    }

    private static void issues(ArrayNode json, List<IssueSummary> issues) {
        for (IssueSummary issue : issues) {
            ObjectNode entry = json.addObject()
                    .put("code", issue.code())
                    .put("column", issue.column())
                    .put("severity", issue.warning() ? "warning" : "error")
                    .put("count", issue.count())
                    .put("message", issue.message());
            issue.fields().forEach(entry.putArray("fields")::add);
            ArrayNode examples = entry.putArray("examples");
            for (IssueSummary.Example example : issue.examples()) {
                ObjectNode node = examples.addObject().put("row", example.row()).put("line", example.line());
                if (!example.cell().isEmpty()) {
                    node.put("cell", example.cell());
                }
                node.put("value", example.value());
            }
            ArrayNode hypotheses = entry.putArray("hypotheses");
            for (Hypothesis hypothesis : issue.hypotheses()) {
                ObjectNode node = hypotheses
                        .addObject()
                        .put("text", hypothesis.text())
                        .put("hits", hypothesis.hits())
                        .put("tested", hypothesis.tested());
                node.set("patch", MAPPER.valueToTree(hypothesis.patch()));
            }
        }
    }

    private static void changes(ArrayNode json, List<RowChange> changes) {
        for (RowChange change : changes) {
            ObjectNode entry =
                    json.addObject().put("kind", Names.word(change.kind())).put("row", change.number());
            ArrayNode key = entry.putArray("key");
            change.key().forEach(value -> key.add(text(value)));
            ArrayNode fields = entry.putArray("fields");
            for (RowChange.FieldChange field : change.fields()) {
                fields.addObject()
                        .put("field", field.field())
                        .put("before", text(field.before()))
                        .put("after", text(field.after()));
            }
        }
    }

    static ValidationReport read(String text) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The text is no report", e);
        }
        JsonNode file = json.required("file");
        JsonNode counts = json.required("counts");
        return new ValidationReport(
                json.required("pipeline").asText(),
                json.required("dataset").asText(),
                new ValidationReport.SourceFile(
                        file.required("name").asText(),
                        file.required("bytes").asLong(),
                        file.required("sha256").asText(),
                        file.required("format").asText(),
                        texts(file.required("header")),
                        file.required("correction_of").asText(null)),
                new Counts(
                        counts.required("read").asLong(),
                        counts.required("inserted").asLong(),
                        counts.required("updated").asLong(),
                        counts.required("unchanged").asLong(),
                        counts.required("rejected").asLong(),
                        counts.required("skipped").asLong(),
                        counts.required("deleted").asLong()),
                json.required("preview").asBoolean(),
                list(json.required("issues"), ReportJson::issue),
                list(
                        json.required("drift"),
                        finding -> new DriftFinding(
                                constant(DriftFinding.Kind.class, finding.required("kind")),
                                finding.required("column").asText(),
                                finding.required("field").asText(null),
                                constant(DriftPolicy.Reaction.class, finding.required("reaction")),
                                finding.required("message").asText(),
                                // reports stored by earlier releases have none
                                finding.hasNonNull("position")
                                        ? finding.required("position").asInt()
                                        : null)),
                list(
                        json.required("detected"),
                        evidence -> new DetectingFormat.Evidence(
                                evidence.required("option").asText(),
                                evidence.required("value").asText(),
                                evidence.required("confidence").asDouble(),
                                evidence.required("reason").asText())),
                // reports stored by earlier releases have none
                list(json.path("warnings"), ReportJson::warning),
                list(json.required("changes"), ReportJson::change));
    }

    private static IssueSummary issue(JsonNode issue) {
        return new IssueSummary(
                issue.required("code").asText(),
                issue.required("column").asText(),
                texts(issue.required("fields")),
                issue.required("message").asText(),
                issue.required("severity").asText().equals("warning"),
                issue.required("count").asLong(),
                list(
                        issue.required("examples"),
                        example -> new IssueSummary.Example(
                                example.required("row").asLong(),
                                example.required("line").asLong(),
                                example.path("cell").asText(""),
                                example.required("value").asText(null))),
                list(
                        issue.required("hypotheses"),
                        hypothesis -> new Hypothesis(
                                hypothesis.required("text").asText(),
                                hypothesis.required("hits").asInt(),
                                hypothesis.required("tested").asInt(),
                                MAPPER.convertValue(hypothesis.required("patch"), new TypeReference<>() {}))));
    }

    private static Warning warning(JsonNode warning) {
        JsonNode count = warning.required("count");
        return new Warning(
                warning.required("code").asText(),
                warning.required("message").asText(),
                count.isNull() ? null : count.asLong());
    }

    private static RowChange change(JsonNode change) {
        List<@Nullable Object> key = new ArrayList<>();
        change.required("key").forEach(value -> key.add(value.asText(null)));
        return new RowChange(
                constant(RowChange.Kind.class, change.required("kind")),
                change.required("row").asLong(),
                key,
                list(
                        change.required("fields"),
                        field -> new RowChange.FieldChange(
                                field.required("field").asText(),
                                field.required("before").asText(null),
                                field.required("after").asText(null))));
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> list = new ArrayList<>();
        array.forEach(node -> list.add(read.apply(node)));
        return list;
    }

    private static List<String> texts(JsonNode array) {
        return list(array, JsonNode::asText);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode word) {
        return Enum.valueOf(type, word.asText().toUpperCase(Locale.ROOT));
    }

    static @Nullable String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        return value == null ? null : value.toString();
    }
}
