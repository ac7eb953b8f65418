// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.check.Names;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.records.DetectingFormat;
import java.util.List;
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
                    .put("message", finding.message());
        }
        ArrayNode detected = json.putArray("detected");
        for (DetectingFormat.Evidence evidence : report.detected()) {
            detected.addObject()
                    .put("option", evidence.option())
                    .put("value", evidence.value())
                    .put("confidence", evidence.confidence())
                    .put("reason", evidence.reason());
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
                examples.addObject()
                        .put("row", example.row())
                        .put("line", example.line())
                        .put("value", example.value());
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

    static @Nullable String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        return value == null ? null : value.toString();
    }
}
