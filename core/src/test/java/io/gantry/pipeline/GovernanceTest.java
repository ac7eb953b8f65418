// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.audit.AuditEvent;
import io.gantry.audit.AuditQuery;
import io.gantry.local.Datasets;
import io.gantry.local.InMemoryDocumentStore;
import io.gantry.local.RecordDataset;
import io.gantry.mapping.ImportMapping;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.settings.TenantSettings;
import io.gantry.settings.TenantSettings.Duties;
import io.gantry.settings.TenantSettings.SelfService;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentWrite;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GovernanceTest {

    record Person(@NotBlank String id, String name) {}

    private static final String AUDITED = "0".repeat(18);
    private static final Reason WANTED = Reason.of("WANTED");

    @TempDir
    private Path folder;

    private final InMemoryDocumentStore documents = new InMemoryDocumentStore();
    private final RecordDataset<Person> people =
            Datasets.of(Person.class).named("people").key("id").inMemory();
    private Gantry gantry;
    private Workspace ann;
    private Workspace bob;
    private Workspace carl;
    private Workspace admin;

    @BeforeEach
    void open() {
        gantry = Gantry.builder()
                .dataset(people)
                .documents(documents)
                .settings(TenantSettings.DEFAULT.selfService(SelfService.FORBIDDEN))
                .build();
        ann = as("ann", Permission.PIPELINES_EDIT, Permission.PIPELINES_APPROVE, Permission.IMPORTS_RUN);
        bob = as("bob", Permission.PIPELINES_REVIEW);
        carl = as("carl", Permission.PIPELINES_APPROVE);
        admin = gantry.workspace(Principal.owner("acme", "admin"));
    }

    private Workspace as(String name, Permission... permissions) {
        List<Permission> all = new java.util.ArrayList<>(List.of(permissions));
        all.add(Permission.PIPELINES_VIEW);
        all.add(Permission.IMPORTS_VIEW);
        return gantry.workspace(new Principal("acme", name, java.util.Set.copyOf(all)));
    }

    @AfterEach
    void close() {
        gantry.close();
    }

    private static ImportMapping mapping(String... columns) {
        return ImportMapping.of(mapping -> mapping.columns(columns).upsert());
    }

    private Pipeline create() {
        return ann.pipelines()
                .create(NewPipeline.importing("people", "people", FileFormat.csv(), mapping("id", "name")));
    }

    private Pipeline activated() {
        create();
        return activateNewest();
    }

    private Pipeline activateNewest() {
        approveNewest();
        return ann.pipelines().activate("people");
    }

    private void approveNewest() {
        ann.pipelines().requestReview("people", WANTED);
        bob.pipelines().review("people", "columns are right");
        carl.pipelines().approve("people", Reason.of("FIT"));
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("people.csv"), List.of(lines));
    }

    private static void refused(String code, Supplier<?> call) {
        assertThatThrownBy(call::get)
                .isInstanceOfSatisfying(
                        GantryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void a_pipeline_goes_from_draft_to_active_by_three_people() {
        assertThat(create().status()).isEqualTo(PipelineStatus.DRAFT);
        assertThat(ann.pipelines().requestReview("people", WANTED).status()).isEqualTo(PipelineStatus.REQUESTED);
        assertThat(bob.pipelines().review("people", "").status()).isEqualTo(PipelineStatus.REVIEWED);
        assertThat(carl.pipelines().approve("people", Reason.of("FIT")).status())
                .isEqualTo(PipelineStatus.APPROVED);
        Pipeline active = ann.pipelines().activate("people");
        assertThat(active.status()).isEqualTo(PipelineStatus.ACTIVE);
        assertThat(active.current().history())
                .extracting(Step::move, Step::by)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Lifecycle.REQUEST_REVIEW, "ann"),
                        org.assertj.core.groups.Tuple.tuple(Lifecycle.REVIEW, "bob"),
                        org.assertj.core.groups.Tuple.tuple(Lifecycle.APPROVE, "carl"),
                        org.assertj.core.groups.Tuple.tuple(Lifecycle.ACTIVATE, "ann"));
    }

    @Test
    void a_code_that_is_the_id_of_another_pipeline_is_taken() {
        Pipeline pipeline = create();
        refused(
                "PIPELINE_EXISTS",
                () -> ann.pipelines()
                        .create(NewPipeline.importing(
                                pipeline.id(), "people", FileFormat.csv(), mapping("id", "name"))));
    }

    @Test
    void an_illegal_move_names_the_state_and_the_legal_moves() {
        create();
        assertThatThrownBy(() -> carl.pipelines().approve("people", Reason.of("FIT")))
                .hasMessage("Version 1.0.0 of pipeline 'people' is DRAFT, which does not allow APPROVE; it allows "
                        + "[REQUEST_REVIEW, SELF_ACTIVATE, ARCHIVE]");
        refused("ILLEGAL_STATE", () -> ann.pipelines().activate("people"));
    }

    @Test
    void who_asked_for_the_review_or_wrote_the_content_may_not_approve_it() {
        create();
        ann.pipelines().requestReview("people", WANTED);
        bob.pipelines().review("people", "");
        assertThatThrownBy(() -> ann.pipelines().approve("people", Reason.of("FIT")))
                .hasMessageContaining("someone else must approve it");
        admin.settings().change(settings -> settings.duties(Duties.COMBINED));
        assertThat(ann.pipelines().approve("people", Reason.of("FIT")).status()).isEqualTo(PipelineStatus.APPROVED);
    }

    @Test
    void a_move_takes_the_permission_and_the_reason_the_table_names() {
        create();
        refused("PERMISSION_DENIED", () -> bob.pipelines().requestReview("people", WANTED));
        refused("INVALID_DEFINITION", () -> ann.pipelines().requestReview("people", new Reason("OTHER", " ")));
        refused("INVALID_DEFINITION", () -> ann.pipelines().move("people", Lifecycle.REQUEST_REVIEW, null));
        assertThat(ann.pipelines()
                        .requestReview("people", Reason.other("the old one is wrong"))
                        .status())
                .isEqualTo(PipelineStatus.REQUESTED);
    }

    @Test
    void self_service_lets_authors_activate_what_they_wrote_and_nothing_else() {
        admin.settings().change(settings -> settings.selfService(SelfService.ALLOWED));
        create();
        refused("PERMISSION_DENIED", () -> admin.pipelines().activate("people"));
        assertThat(ann.pipelines().activate("people").status()).isEqualTo(PipelineStatus.ACTIVE);
    }

    @Test
    void the_active_version_goes_on_while_a_draft_is_reviewed() throws IOException {
        activated();
        Pipeline changed = ann.pipelines()
                .changeMapping(
                        "people",
                        ImportMapping.of(columns ->
                                columns.columns("id", "name").length(3, 100).upsert()));
        assertThat(changed.status()).isEqualTo(PipelineStatus.ACTIVE);
        assertThat(changed.draft()).isNotNull();
        assertThat(changed.newest().version()).isEqualTo("2.0.0");

        Run run = ann.runs().submit("people", file("id,name", "1,Al")).await();
        assertThat(run.version()).isEqualTo("1.0.0");
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        Run preview = ann.runs()
                .preview(RunRequest.of("people", file("id,name", "1,Al")).version("2.0.0"))
                .await();
        assertThat(preview.counts().rejected()).isEqualTo(1);

        Pipeline replaced = activateNewest();
        assertThat(replaced.current().version()).isEqualTo("2.0.0");
        assertThat(replaced.draft()).isNull();
        assertThat(ann.pipelines().versions("people"))
                .extracting(PipelineVersion::version, PipelineVersion::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2.0.0", PipelineStatus.ACTIVE),
                        org.assertj.core.groups.Tuple.tuple("1.0.0", PipelineStatus.ARCHIVED));
    }

    @Test
    void the_number_of_a_version_tells_how_much_it_changes() {
        activated();
        ann.pipelines()
                .changeMapping(
                        "people",
                        ImportMapping.of(mapping -> mapping.column("id")
                                .column("name")
                                .alias("Name")
                                .upsert()));
        assertThat(ann.pipelines().get("people").newest().version()).isEqualTo("1.1.0");
        ann.pipelines()
                .change(
                        "people",
                        PipelineChange.NONE
                                .format(FileFormat.csv().with("delimiter", ";"))
                                .mapping(mapping("id", "name")));
        assertThat(ann.pipelines().get("people").newest().version()).isEqualTo("1.0.1");
        ann.pipelines().changeMapping("people", mapping("id"));
        assertThat(ann.pipelines().get("people").newest().version()).isEqualTo("2.0.0");
        VersionDiff diff = ann.pipelines().diff("people", "1.0.0", "2.0.0");
        assertThat(diff.weight()).isEqualTo(VersionDiff.Weight.BREAKING);
        assertThat(diff.toString()).contains("format.options.delimiter").contains("mapping.columns[name]");
    }

    @Test
    void a_change_after_the_approval_must_be_approved_again() {
        create();
        approveNewest();
        ann.pipelines().changeMapping("people", mapping("id"));
        Pipeline changed = ann.pipelines().get("people");
        assertThat(changed.status()).isEqualTo(PipelineStatus.DRAFT);
        assertThat(changed.current().version()).isEqualTo("2.0.0");
        refused("ILLEGAL_STATE", () -> ann.pipelines().activate("people"));
        assertThat(activateNewest().current().version()).isEqualTo("2.0.0");
        assertThat(ann.pipelines().version("people", "1.0.0").status()).isEqualTo(PipelineStatus.ARCHIVED);
    }

    @Test
    void one_byte_changed_behind_the_approval_blocks_the_activation() {
        Pipeline pipeline = create();
        approveNewest();
        tamper(pipeline.id(), "\\\"from\\\":\\\"name\\\"", "\\\"from\\\":\\\"nama\\\"");
        assertThatThrownBy(() -> ann.pipelines().activate("people"))
                .hasMessageContaining("is not what was approved")
                .isInstanceOfSatisfying(
                        GantryException.class, e -> assertThat(e.code()).isEqualTo("APPROVAL_STALE"));
    }

    private void tamper(String pipeline, String from, String to) {
        Document document = documents.find("acme", "pipeline", pipeline).orElseThrow();
        assertThat(document.body()).contains(from);
        documents.commit(List.of(new DocumentWrite.Replace(new Document(
                document.tenant(),
                document.kind(),
                document.id(),
                document.revision() + 1,
                document.attributes(),
                document.body().replace(from, to)))));
    }

    @Test
    void a_version_that_was_changed_behind_its_activation_is_not_run() throws IOException {
        Pipeline pipeline = activated();
        tamper(pipeline.id(), "\\\"from\\\":\\\"name\\\"", "\\\"from\\\":\\\"nama\\\"");
        Run run = ann.runs().submit("people", file("id,nama", "1,Al")).await();
        assertThat(run.error())
                .get()
                .satisfies(error -> assertThat(error.code()).isEqualTo("APPROVAL_STALE"));
        assertThat(people.records()).isEmpty();
    }

    @Test
    void each_status_permits_what_it_permits_and_no_more() throws IOException {
        create();
        Path file = file("id,name", "1,Al");
        refused("PIPELINE_NOT_RUNNABLE", () -> ann.runs().submit("people", file));
        assertThat(ann.runs().preview(RunRequest.of("people", file)).await().status())
                .isEqualTo(RunStatus.SUCCEEDED);
        activateNewest();
        assertThat(ann.runs().submit("people", file).await().status()).isEqualTo(RunStatus.SUCCEEDED);
        admin.pipelines().restrict("people", WANTED);
        refused("PIPELINE_NOT_RUNNABLE", () -> ann.runs().submit("people", file));
        assertThat(admin.runs().submit("people", file).await().status()).isEqualTo(RunStatus.SUCCEEDED);
        admin.pipelines().suspend("people", WANTED);
        refused("PIPELINE_NOT_RUNNABLE", () -> admin.runs().submit("people", file));
        admin.pipelines().activate("people");
        admin.pipelines().deprecate("people", WANTED);
        Run run = ann.runs().submit("people", file).await();
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.warnings()).singleElement().asString().contains("DEPRECATED");
        admin.pipelines().archive("people", WANTED);
        refused("PIPELINE_NOT_RUNNABLE", () -> admin.runs().submit("people", file));
        refused("PIPELINE_NOT_RUNNABLE", () -> admin.runs().preview(RunRequest.of("people", file)));
        refused("ILLEGAL_STATE", () -> admin.pipelines().changeMapping("people", mapping("id")));
        assertThat(ann.pipelines().list()).isEmpty();
        assertThat(ann.pipelines().list(null, PipelineStatus.ARCHIVED)).hasSize(1);
    }

    @Test
    void a_new_version_does_not_lift_what_an_admin_has_ordered() {
        activated();
        admin.pipelines().suspend("people", WANTED);
        ann.pipelines().changeMapping("people", mapping("id"));
        approveNewest();
        refused("PERMISSION_DENIED", () -> ann.pipelines().activate("people"));
        assertThat(admin.pipelines().activate("people").current().version()).isEqualTo("2.0.0");
    }

    @Test
    void a_reviewer_sees_what_a_draft_would_have_done_with_files_that_were_loaded() throws IOException {
        activated();
        ann.runs()
                .submit("people", file("id,name", "1,Al", "2,Bo", "3,Cleo", "4,Dora"))
                .await();
        ann.pipelines()
                .changeMapping(
                        "people",
                        ImportMapping.of(mapping -> mapping.column("id")
                                .column("name")
                                .upperCase()
                                .length(3, 100)
                                .upsert()));
        Impact impact = ann.pipelines().replay("people", 5);
        assertThat(impact)
                .hasToString("1.0.0 → 2.0.0: would newly reject 2 of 4 rows, newly accept 0, change 2 values");
        assertThat(impact.rejections()).containsExactly(java.util.Map.entry("TOO_SHORT name", 2L));
    }

    @Test
    void everything_that_was_done_is_in_the_audit_log_in_a_whole_chain() throws IOException {
        Pipeline pipeline = activated();
        Run run = ann.runs().submit("people", file("id,name", "1,Al")).await();
        admin.settings().change(settings -> settings.limits(3, 1));
        admin.runs().get(run.id()).rollBack(WANTED);
        assertThat(admin.audit().find(AuditQuery.ALL).items())
                .extracting(AuditEvent::action, AuditEvent::by)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("RUN_ROLLBACK_END", "*"),
                        org.assertj.core.groups.Tuple.tuple("RUN_ROLLBACK", "admin"),
                        org.assertj.core.groups.Tuple.tuple("SETTINGS_CHANGE", "admin"),
                        org.assertj.core.groups.Tuple.tuple("RUN_END", "*"),
                        org.assertj.core.groups.Tuple.tuple("RUN_SUBMIT", "ann"),
                        org.assertj.core.groups.Tuple.tuple("PIPELINE_ACTIVATE", "ann"),
                        org.assertj.core.groups.Tuple.tuple("PIPELINE_APPROVE", "carl"),
                        org.assertj.core.groups.Tuple.tuple("PIPELINE_REVIEW", "bob"),
                        org.assertj.core.groups.Tuple.tuple("PIPELINE_REQUEST_REVIEW", "ann"),
                        org.assertj.core.groups.Tuple.tuple("PIPELINE_CREATE", "ann"));
        assertThat(admin.audit()
                        .find(AuditQuery.ALL.subject("pipeline:" + pipeline.id()))
                        .items())
                .hasSize(5);
        assertThat(admin.audit().verify().isWhole()).isTrue();
        assertThat(admin.audit().verify(admin.audit().head()).events()).isEqualTo(10);
        refused("PERMISSION_DENIED", () -> ann.audit().head());
    }

    @Test
    void an_event_that_was_changed_is_named() {
        activated();
        Document third = documents.find("acme", "audit_event", AUDITED + 3).orElseThrow();
        documents.commit(List.of(new DocumentWrite.Replace(new Document(
                third.tenant(),
                third.kind(),
                third.id(),
                third.revision() + 1,
                third.attributes(),
                third.body().replace("columns are right", "columns are fine")))));
        assertThat(admin.audit().verify())
                .satisfies(found -> assertThat(found.broken()).isEqualTo(3))
                .satisfies(found -> assertThat(found.isWhole()).isFalse());
    }

    @Test
    void an_event_that_is_gone_is_named() {
        activated();
        var head = admin.audit().head();
        documents.commit(List.of(new DocumentWrite.Delete("acme", "audit_event", AUDITED + 5, 1)));
        assertThat(admin.audit().verify().isWhole()).isTrue();
        assertThat(admin.audit().verify(head).broken()).isEqualTo(5);
        documents.commit(List.of(new DocumentWrite.Delete("acme", "audit_event", AUDITED + 2, 1)));
        assertThat(admin.audit().verify().broken()).isEqualTo(2);
    }
}
