// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.audit.AuditEvent;
import io.gantry.audit.AuditQuery;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.LifecycleModel.Answer;
import io.gantry.pipeline.LifecycleModel.Modelled;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.settings.TenantSettings.Duties;
import io.gantry.settings.TenantSettings.SelfService;
import io.gantry.spi.file.StoredFile;
import io.gantry.testkit.ManualRunEngine;
import io.gantry.testkit.SettableClock;
import jakarta.validation.constraints.NotBlank;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random calls by random principals about some pipelines: each does what {@link LifecycleModel} says. The system property
 * {@code gantry.seed} shows one sequence alone, {@code gantry.seeds} says how many are tried.
 */
class LifecyclePropertyTest {

    record Person(@NotBlank String id, String name) {}

    private static final int CALLS = 250;
    private static final List<String> CODES = List.of("red", "green", "blue");
    private static final List<Permission> PERMISSIONS = List.of(
            Permission.PIPELINES_EDIT,
            Permission.PIPELINES_REVIEW,
            Permission.PIPELINES_APPROVE,
            Permission.PIPELINES_ADMIN,
            Permission.IMPORTS_RUN,
            Permission.SETTINGS_CHANGE);

    @TestFactory
    Stream<DynamicTest> whatever_is_called_by_whomever_the_model_knows_what_comes_of_it() {
        String only = System.getProperty("gantry.seed");
        LongStream seeds = only == null
                ? LongStream.rangeClosed(1, Long.getLong("gantry.seeds", 20))
                : LongStream.of(Long.parseLong(only));
        Set<String> met = new TreeSet<>();
        Stream<DynamicTest> walks = seeds.mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
            try (Walk walk = new Walk(seed, met)) {
                walk.go();
            }
        }));
        return only == null
                ? Stream.concat(walks, Stream.of(DynamicTest.dynamicTest("together", () -> checkAll(met))))
                : walks;
    }

    /** That the walks were not for nothing: each move was made, and each reason to refuse one was met. */
    private static void checkAll(Set<String> met) {
        assertThat(met)
                .containsAll(Arrays.stream(Lifecycle.values())
                        .map(move -> "PIPELINE_" + move)
                        .toList())
                .contains("PIPELINE_CREATE", "PIPELINE_CHANGE", "RUN_SUBMIT", "SETTINGS_CHANGE")
                .contains(
                        "PERMISSION_DENIED",
                        "ILLEGAL_STATE",
                        "INVALID_DEFINITION",
                        "PIPELINE_EXISTS",
                        "PIPELINE_NOT_FOUND",
                        "PIPELINE_NOT_RUNNABLE")
                .contains("a draft beside ACTIVE", "a draft beside SUSPENDED", "a draft beside RESTRICTED");
    }

    /** One sequence of calls. */
    private static final class Walk implements AutoCloseable {

        private final long seed;
        private final Set<String> met;
        private final Random random;
        private final LifecycleModel model = new LifecycleModel();
        private final RecordDataset<Person> people =
                Datasets.of(Person.class).named("people").key("id").inMemory();
        private final SettableClock clock = SettableClock.at("2026-01-31T08:00:00Z");
        private final ManualRunEngine runs = new ManualRunEngine(1);
        private final Gantry gantry =
                Gantry.builder().dataset(people).clock(clock).runs(runs).build();
        private final Workspace owner = gantry.workspace(Principal.owner("acme", "owner"));
        private final StoredFile file =
                owner.store("people.csv", new ByteArrayInputStream("id,name\n1,Al\n".getBytes(StandardCharsets.UTF_8)));
        private final List<String> log = new ArrayList<>();
        private long audited;

        Walk(long seed, Set<String> met) {
            this.seed = seed;
            this.met = met;
            this.random = new Random(seed);
        }

        void go() {
            try {
                for (int i = 0; i < CALLS; i++) {
                    clock.advance(Duration.ofSeconds(1));
                    call();
                }
                assertThat(owner.audit().verify().problem()).isEmpty();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "With -Dgantry.seed=" + seed + ": " + e.getMessage() + "\nafter\n  "
                                + String.join("\n  ", log.subList(Math.max(0, log.size() - 12), log.size())),
                        e);
            }
        }

        private Principal somebody() {
            Set<Permission> permissions = EnumSet.noneOf(Permission.class);
            for (Permission permission : PERMISSIONS) {
                if (random.nextInt(4) > 0) {
                    permissions.add(permission);
                }
            }
            permissions.add(Permission.PIPELINES_VIEW);
            permissions.add(Permission.IMPORTS_VIEW);
            return new Principal("acme", pick(List.of("ann", "bob", "carl")), permissions);
        }

        private <T> T pick(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private static ImportMapping mapping(int content) {
            return ImportMapping.of(columns ->
                    columns.columns("id", "name").length(0, 10 + content).upsert());
        }

        private void call() {
            Principal by = somebody();
            Workspace workspace = gantry.workspace(by);
            String code = pick(CODES);
            int content = random.nextInt(3);
            int choice = random.nextInt(20);
            if (choice < 2) {
                check(
                        by,
                        "creates " + code,
                        model.create(by, code, content),
                        () -> workspace
                                .pipelines()
                                .create(NewPipeline.importing(code, "people", FileFormat.csv(), mapping(content))));
            } else if (choice < 5) {
                check(
                        by,
                        "changes " + code,
                        model.change(by, code, content),
                        () -> workspace.pipelines().changeMapping(code, mapping(content)));
            } else if (choice < 7) {
                check(
                        by,
                        "activates " + code,
                        model.activate(by, code),
                        () -> workspace.pipelines().activate(code));
            } else if (choice < 8) {
                check(by, "submits " + code, model.submit(by, code), () -> submitted(workspace, code));
            } else if (choice < 9) {
                check(
                        by,
                        "previews " + code,
                        model.preview(by, code),
                        () -> workspace.runs().preview(RunRequest.ofStored(code, file.ref())));
            } else if (choice < 10) {
                SelfService selfService = pick(List.of(SelfService.values()));
                Duties duties = pick(List.of(Duties.values()));
                check(
                        by,
                        "sets " + selfService + " and " + duties,
                        model.settings(by, selfService, duties),
                        () -> workspace
                                .settings()
                                .change(settings ->
                                        settings.selfService(selfService).duties(duties)));
            } else {
                move(by, workspace, code);
            }
        }

        private void move(Principal by, Workspace workspace, String code) {
            List<Lifecycle> legal = owner.pipelines()
                    .find(code)
                    .map(pipeline -> Lifecycle.legal(pipeline.newest().status()))
                    .orElse(List.of());
            // most moves are legal, else few pipelines would ever come far
            boolean any = legal.isEmpty() || random.nextInt(3) == 0;
            Lifecycle move = pick(any ? List.of(Lifecycle.values()) : legal);
            if (move == Lifecycle.ARCHIVE && random.nextInt(4) > 0) {
                move = Lifecycle.REQUEST_REVIEW; // else most would be archived early
            }
            Lifecycle made = move;
            boolean reason = move.words() != Lifecycle.Words.NONE && random.nextInt(10) > 0;
            check(
                    by,
                    "moves " + code + " by " + made + (reason ? "" : " without a reason"),
                    model.move(by, code, made, reason),
                    () -> workspace.pipelines().move(code, made, reason ? Reason.of("WANTED") : null));
        }

        /** Submits a run, and finds that it is one of the live version. */
        private void submitted(Workspace workspace, String code) {
            Run run = workspace.runs().submit(RunRequest.ofStored(code, file.ref()));
            assertThat(run.version())
                    .isEqualTo(owner.pipelines().get(code).current().version());
        }

        private void check(Principal by, String what, Answer expected, Runnable call) {
            log.add(by.name() + " with " + by.permissions() + " " + what);
            String refusal = null;
            try {
                call.run();
            } catch (GantryException e) {
                refusal = e.code();
            }
            assertThat(refusal).as("the refusal").isEqualTo(expected.refusal());
            checkAudit(by, expected);
            checkPipelines();
            Stream.of(expected.refusal(), expected.event())
                    .filter(Objects::nonNull)
                    .forEach(met::add);
        }

        /** Exactly what was done is in the log. */
        private void checkAudit(Principal by, Answer expected) {
            long now = owner.audit().head().sequence();
            assertThat(now - audited).as("events").isEqualTo(expected.event() == null ? 0 : 1);
            audited = now;
            if (expected.event() != null) {
                AuditEvent event =
                        owner.audit().find(AuditQuery.ALL.page(1, null)).items().get(0);
                assertThat(event.action()).isEqualTo(expected.event());
                assertThat(event.by()).isEqualTo(by.name());
            }
        }

        private void checkPipelines() {
            for (String code : CODES) {
                Modelled expected = model.pipelines.get(code);
                if (expected == null) {
                    assertThat(owner.pipelines().find(code)).isEmpty();
                    continue;
                }
                Pipeline found = owner.pipelines().get(code);
                assertThat(found.status()).as(code).isEqualTo(expected.current.status);
                assertThat(found.current().importMapping()).isEqualTo(mapping(expected.current.content));
                assertThat(found.draft() == null).as(code + " has no draft").isEqualTo(expected.draft == null);
                assertThat(found.newest().status()).as(code).isEqualTo(expected.newest().status);
                assertThat(found.newest().importMapping()).isEqualTo(mapping(expected.newest().content));
                checkVersions(owner.pipelines().versions(code));
                if (expected.draft != null) {
                    met.add("a draft beside " + found.status());
                }
            }
        }

        private static void checkVersions(List<PipelineVersion> versions) {
            assertThat(versions).extracting(PipelineVersion::version).doesNotHaveDuplicates();
            assertThat(versions.stream().filter(version -> version.status().isLive()))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(versions.stream().filter(version -> version.status().isOpen()))
                    .hasSizeLessThanOrEqualTo(1);
            for (PipelineVersion version : versions) {
                if (version.status().isLive()) {
                    checkActivation(version);
                }
                PipelineStatus status = PipelineStatus.DRAFT;
                for (Step step : version.history()) {
                    assertThat(step.move().from()).as("%s", version.history()).contains(status);
                    status = step.move().to();
                }
                assertThat(version.status()).isEqualTo(status);
            }
        }

        /** What is live was approved as it is, or was activated by its author. */
        private static void checkActivation(PipelineVersion version) {
            TreeMap<Lifecycle, Step> last = new TreeMap<>();
            version.history().forEach(step -> last.put(step.move(), step));
            Step self = last.get(Lifecycle.SELF_ACTIVATE);
            if (self != null) {
                assertThat(self.by()).isEqualTo(version.editedBy());
                assertThat(self.contentHash()).isEqualTo(version.contentHash());
            } else {
                assertThat(last.get(Lifecycle.APPROVE).contentHash()).isEqualTo(version.contentHash());
                assertThat(last.get(Lifecycle.ACTIVATE).contentHash()).isEqualTo(version.contentHash());
            }
        }

        @Override
        public void close() {
            gantry.close();
        }
    }
}
