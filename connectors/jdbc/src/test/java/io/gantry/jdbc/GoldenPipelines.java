// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.Reason;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingDefinition;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.Lifecycle;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.Parameter;
import io.gantry.pipeline.PipelineChange;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.spi.schema.FieldType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The pipelines of a dump: in every status, by several people, with mappings that say all that a mapping can say. */
final class GoldenPipelines {

    /** Every property of the published schema of an import is in it. */
    private static final String EVERYTHING = """
            {
              "columns": [
                {"to": "id", "from": "Id", "aliases": ["Number", "No."], "trim": true, "case": "upper", "required": true,
                 "pattern": "[A-Z][0-9]+", "minLength": 2, "maxLength": 10},
                {"to": "name", "template": "{First} {Last}", "nullTokens": ["-", "n/a"]},
                {"to": "team", "position": 4, "values": {"R": "red", "G": "green"}, "unmapped": "keep"},
                {"to": "email", "from": "E-mail", "trim": true, "case": "lower", "email": true},
                {"to": "fee", "from": "Fee", "locale": "de-DE", "ignore": ["€"], "nullTokens": ["-"], "default": "0",
                 "min": "0", "max": "5000"},
                {"to": "born", "from": "Born", "formats": ["dd/MM/uuuu", "d MMM uuuu"], "locale": "en-GB",
                 "min": "1900-01-01"},
                {"to": "seen", "from": "Seen", "formats": ["dd.MM.uuuu HH:mm"], "zone": "Europe/London"},
                {"to": "wakes", "from": "Wakes"},
                {"to": "photo", "from": "Photo", "formats": ["hex"]},
                {"to": "state", "from": "State", "values": {"A": "active", "I": "idle"}, "unmapped": "null",
                 "oneOf": ["active", "idle"]},
                {"to": "hours", "from": "Hours"},
                {"to": "ratio", "from": "Ratio"},
                {"to": "active", "from": "Active"},
                {"to": "badge", "from": "Badge"},
                {"to": "origin", "constant": "{{origin}}"}
              ],
              "load": {"mode": "upsert", "key": ["id"], "duplicates": "keep_last", "uniques": [["email"]],
                "references": [{"fields": ["team"], "dataset": "team", "targets": ["id"]}]},
              "errors": {"policy": "threshold", "maxRows": 5, "maxPercent": 80},
              "drift": {"unknown": "warn", "missing": "warn", "renamed": "adapt", "retyped": "reject_row",
                "changed": "adapt"}
            }
            """;

    /** Every property of the published schema of an export is in it, with every test. */
    private static final String EXPORT = """
            {
              "columns": [{"field": "id", "header": "No."}, {"field": "at", "header": "When"}, {"field": "amount"}],
              "where": [
                {"field": "kind", "test": "equal", "value": "sale"},
                {"field": "kind", "test": "not_equal", "value": "gift"},
                {"field": "amount", "test": "greater", "value": "1"},
                {"field": "amount", "test": "greater_or_equal", "value": "{{least}}"},
                {"field": "amount", "test": "less", "value": "1000"},
                {"field": "amount", "test": "less_or_equal", "value": "999.99"},
                {"field": "kind", "test": "starts_with", "value": "sa"},
                {"field": "kind", "test": "contains", "value": "al"},
                {"field": "id", "test": "one_of", "values": ["1", "2", "3", "4", "5", "6"]},
                {"field": "note", "test": "missing"},
                {"field": "kind", "test": "present"}
              ],
              "incremental": "id"
            }
            """;

    /** What the other mappings do not choose. */
    private static final String CHOICES = """
            {
              "columns": [
                {"to": "id", "from": "Id", "case": "keep"},
                {"to": "state", "from": "State", "values": {"A": "active"}, "unmapped": "reject"},
                {"to": "photo", "from": "Photo", "formats": ["base64"]}
              ],
              "load": {"mode": "update", "duplicates": "reject_all"},
              "errors": {"policy": "skip_rows"},
              "drift": {"unknown": "reject_row", "missing": "reject_row", "renamed": "warn", "retyped": "fail",
                "changed": "fail"}
            }
            """;

    private final GoldenStory story;

    GoldenPipelines(GoldenStory story) {
        this.story = story;
    }

    /** A pipeline that its author has put into use. */
    void active(String tenant, String code, String dataset, String mode) {
        story.tick();
        story.engine().as(tenant, "ada").pipelines().createActive(things(code, dataset, mode));
    }

    private static NewPipeline things(String code, String dataset, String mode) {
        ImportMapping mapping =
                MappingDefinition.importFromJson("{\"columns\": [{\"from\": \"id\"}, {\"from\": \"name\"}],"
                        + " \"load\": {\"mode\": \"" + mode + "\"}}");
        return NewPipeline.importing(code, dataset, FileFormat.csv(), mapping);
    }

    private void move(String by, String code, Lifecycle move, @Nullable Reason reason) {
        story.tick();
        story.engine().as("acme", by).pipelines().move(code, move, reason);
    }

    /** Leads the newest version of a pipeline to a status on its way into use. */
    private void lead(String code, PipelineStatus to) {
        if (to == PipelineStatus.DRAFT) {
            return;
        }
        move("ada", code, Lifecycle.REQUEST_REVIEW, new Reason("NEW_TERM", "Wanted from March on"));
        if (to == PipelineStatus.REQUESTED) {
            return;
        }
        move("ben", code, Lifecycle.REVIEW, new Reason("REVIEWED", "Looked at the columns"));
        if (to == PipelineStatus.REVIEWED) {
            return;
        }
        move("cleo", code, Lifecycle.APPROVE, Reason.of("FIT"));
        if (to == PipelineStatus.ACTIVE) {
            story.tick();
            story.engine().as("acme", "ada").pipelines().activate(code);
        }
    }

    private void rename(String code, PipelineStatus to) {
        story.tick();
        story.engine()
                .as("acme", "ada")
                .pipelines()
                .change(
                        code,
                        PipelineChange.NONE
                                .name(code + " by name")
                                .mapping(
                                        mapping -> mapping.columns("id", "name").update()));
        lead(code, to);
    }

    /** Pipelines in each status. */
    void statuses() {
        for (PipelineStatus status : PipelineStatus.values()) {
            String code = "status-" + status.name().toLowerCase(Locale.ROOT);
            if (status.isLive()) {
                active("acme", code, "spare", "upsert");
            } else {
                story.tick();
                story.engine().as("acme", "ada").pipelines().create(things(code, "spare", "upsert"));
            }
            if (status.isOpen()) {
                lead(code, status);
            }
            switch (status) {
                case RESTRICTED -> move("dora", code, Lifecycle.RESTRICT, Reason.of("AUDIT"));
                case SUSPENDED -> move("dora", code, Lifecycle.SUSPEND, Reason.other("The sender has a new system"));
                case DEPRECATED -> move("dora", code, Lifecycle.DEPRECATE, Reason.of("REPLACED"));
                case ARCHIVED -> move("dora", code, Lifecycle.ARCHIVE, Reason.of("NO_LONGER_USED"));
                default -> {}
            }
        }
    }

    /** Live versions with drafts beside them, and versions that were sent back, withdrawn or changed. */
    void drafts() {
        for (PipelineStatus status :
                new PipelineStatus[] {PipelineStatus.DRAFT, PipelineStatus.REVIEWED, PipelineStatus.APPROVED}) {
            String code = "live-and-" + status.name().toLowerCase(Locale.ROOT);
            active("acme", code, "spare", "upsert");
            rename(code, status);
        }
        active("acme", "three-versions", "spare", "upsert");
        rename("three-versions", PipelineStatus.ACTIVE);
        story.tick();
        story.engine()
                .as("acme", "ben")
                .pipelines()
                .changeMapping(
                        "three-versions", MappingDefinition.importFromJson("{\"columns\": [{\"from\": \"id\"}]}"));
        story.engine().as("acme", "ada").pipelines().create(things("sent-back", "spare", "insert"));
        lead("sent-back", PipelineStatus.REVIEWED);
        move("cleo", "sent-back", Lifecycle.SEND_BACK, Reason.other("Needs a key"));
        lead("sent-back", PipelineStatus.REQUESTED);
        move("ada", "sent-back", Lifecycle.WITHDRAW, null);
        story.engine().as("acme", "ada").pipelines().create(things("changed-after-approval", "spare", "insert"));
        lead("changed-after-approval", PipelineStatus.APPROVED);
        rename("changed-after-approval", PipelineStatus.DRAFT);
    }

    /** The import whose mapping says everything, reviewed and approved. */
    void people() {
        story.tick();
        FileFormat format = FileFormat.csv().with("delimiter", ";");
        story.engine()
                .as("acme", "ada")
                .pipelines()
                .create(NewPipeline.importing("people", "people", format, MappingDefinition.importFromJson(EVERYTHING))
                        .named("People of all teams")
                        .parameters(new Parameter("origin", FieldType.STRING, "web", List.of("web", "paper"))));
        lead("people", PipelineStatus.ACTIVE);
    }

    /** Imports of other formats, with other choices. */
    void choices() {
        story.tick();
        var pipelines = story.engine().as("acme", "ada").pipelines();
        FileFormat book = FileFormat.xlsx().with("sheet", "People").headerRow(FileFormat.FIND_HEADER);
        pipelines.createActive(
                NewPipeline.importing("people-from-book", "people", book, MappingDefinition.importFromJson(CHOICES)));
        pipelines.createActive(NewPipeline.importing(
                "things-without-header",
                "things",
                FileFormat.csv().headerRow(FileFormat.NO_HEADER),
                MappingDefinition.importFromJson("{\"columns\": [{\"to\": \"id\", \"position\": 1}],"
                        + " \"errors\": {\"policy\": \"threshold\", \"maxPercent\": 2.5}}")));
        pipelines.createActive(NewPipeline.importing(
                "events-from-book",
                "events",
                FileFormat.xlsx(),
                mapping -> mapping.columns("id", "amount").update()));
    }

    void events() {
        story.tick();
        var pipelines = story.engine().as("acme", "ada").pipelines();
        pipelines.createActive(NewPipeline.importing(
                "events",
                "events",
                FileFormat.csv(),
                mapping -> mapping.columns("id", "at", "amount", "kind", "note").upsert()));
        pipelines.createActive(NewPipeline.exporting(
                        "events-new", "events", FileFormat.csv(), MappingDefinition.exportFromJson(EXPORT))
                .parameters(Parameter.optional("least", FieldType.DECIMAL, "2.5")));
        pipelines.createActive(NewPipeline.exporting(
                "events-all", "events", FileFormat.csv(), ExportMapping.of("id", "at", "amount", "kind", "note")));
        pipelines.createActive(
                NewPipeline.exporting("events-book", "events", FileFormat.xlsx(), ExportMapping.of("id", "amount")));
    }
}
