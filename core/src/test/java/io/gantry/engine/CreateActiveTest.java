// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.audit.AuditEvent;
import io.gantry.audit.AuditQuery;
import io.gantry.local.Datasets;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.settings.TenantSettings.SelfService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pipeline that is made to be used at once is made in one step. */
class CreateActiveTest {

    record Person(String id, String name) {}

    private final LosingDocuments store = new LosingDocuments();
    private final Gantry gantry = Gantry.builder()
            .documents(store)
            .dataset(Datasets.of(Person.class).named("people").key("id").inMemory())
            .build();
    private final Workspace acme = gantry.workspace(Principal.owner("acme", "ada"));

    @AfterEach
    void close() {
        gantry.close();
    }

    private Pipeline create() {
        return acme.pipelines()
                .createActive(NewPipeline.importing(
                        "people",
                        "people",
                        FileFormat.csv(),
                        mapping -> mapping.columns("id", "name").upsert()));
    }

    @Test
    void it_is_one_commit_with_both_events_and_a_kill_behind_it_leaves_nothing_half_made() {
        store.next(store.real()::commit);
        store.failTransiently();
        assertThat(create().status()).isEqualTo(PipelineStatus.ACTIVE);
        assertThat(store.commits()).hasSize(1);
        assertThat(acme.pipelines().get("people"))
                .satisfies(pipeline -> assertThat(pipeline.status()).isEqualTo(PipelineStatus.ACTIVE))
                .satisfies(pipeline -> assertThat(pipeline.revision()).isEqualTo(1));
        assertThat(acme.audit().find(AuditQuery.ALL).items())
                .extracting(AuditEvent::action)
                .containsExactly("PIPELINE_SELF_ACTIVATE", "PIPELINE_CREATE");
        assertThat(acme.audit().find(AuditQuery.ALL).items().get(0).before())
                .isEqualTo(acme.audit().find(AuditQuery.ALL).items().get(1).after());
        assertThat(acme.audit().verify().problem()).isEmpty();
    }

    @Test
    void when_it_fails_nothing_is_there_and_the_code_is_free() {
        store.failTransiently();
        assertThatThrownBy(this::create).isInstanceOf(GantryException.class);
        assertThat(acme.pipelines().list()).isEmpty();
        assertThat(create().status()).isEqualTo(PipelineStatus.ACTIVE);
    }

    @Test
    void without_self_service_it_stays_a_draft() {
        acme.settings().change(settings -> settings.selfService(SelfService.FORBIDDEN));
        assertThat(create().status()).isEqualTo(PipelineStatus.DRAFT);
        assertThat(acme.pipelines().get("people").revision()).isEqualTo(1);
        assertThat(acme.audit().find(AuditQuery.ALL).items())
                .extracting(AuditEvent::action)
                .containsExactly("PIPELINE_CREATE", "SETTINGS_CHANGE");
    }
}
