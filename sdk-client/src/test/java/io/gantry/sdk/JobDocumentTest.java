// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read out of job documents, known and unknown. */
class JobDocumentTest {
    private final Bench bench = new Bench();
    private final ImpexClient client = bench.builder().build();

    @AfterEach
    void close() {
        client.close();
        bench.close();
    }

    @Test
    void the_summary_of_an_import_is_read_in_full() throws Exception {
        String json = new String(
                getClass().getResourceAsStream("import-summary.json").readAllBytes(), StandardCharsets.UTF_8);
        bench.answers(Bench.json(json));
        ImportJob job = client.impex().imp(ImportRequest.create().resume("uuid"));

        assertThat(job.id()).isEqualTo("uuid");
        assertThat(job.status()).isEqualTo(JobStatus.CLOSED);
        assertThat(job.responseTimestamp()).hasValue(Instant.parse("1970-12-03T04:56:56.186Z"));
        assertThat(job.statusUrl())
                .hasValue(URI.create("https://excel.my-env.coherent.global/my-tenant/api/v4/import/job-uuid/status"));
        assertThat(job.processTime()).hasValue(123);
        assertThat(job.errors()).isEmpty();
        assertThat(job.warnings()).isEmpty();
        assertThat(job.sourceSystem()).hasValue("Spark Python SDK");
        assertThat(job.correlationId()).isEmpty();
        assertThat(job.services()).singleElement().satisfies(service -> {
            assertThat(service.source().uri()).hasValue("my-folder/my-service");
            assertThat(service.source().folder()).hasValue("my-folder");
            assertThat(service.source().service()).hasValue("my-service");
            assertThat(service.source().serviceId()).isEmpty();
            assertThat(service.destination().folder()).hasValue("my-folder");
            assertThat(service.destination().service()).hasValue("my-service");
            assertThat(service.destination().uri()).hasValue("my-folder/my-service");
            assertThat(service.destination().serviceId()).hasValue("uuid");
            assertThat(service.status()).hasValue("added");
            assertThat(service.source().version()).isEmpty();
        });
        assertThat(job.serviceVersions()).hasSize(2).last().satisfies(version -> {
            assertThat(version.source().uri()).hasValue("my-folder/my-service[0.2.0]");
            assertThat(version.source().version()).hasValue("0.2.0");
            assertThat(version.source().versionId()).hasValue("uuid");
            assertThat(version.destination().version()).hasValue("0.2.0");
            assertThat(version.destination().versionId()).hasValue("uuid");
            assertThat(version.destination().serviceId()).hasValue("uuid");
            assertThat(version.status()).hasValue("added");
            assertThat(version).hasToString("my-folder/my-service[0.2.0] -> my-folder/my-service[0.2.0] (added)");
        });
        assertThat(job.fields())
                .containsOnlyKeys(
                        "object",
                        "id",
                        "response_timestamp",
                        "status",
                        "status_url",
                        "process_time",
                        "outputs",
                        "errors",
                        "warnings",
                        "source_system",
                        "correlation_id");
    }

    @Test
    void the_document_of_an_export_is_read_in_full() {
        bench.answers(Bench.json("{\"object\":\"export\",\"id\":\"e-1\",\"status\":\"in_progress\",\"outputs\":{"
                + "\"files\":[{\"file\":\"https://h/x.zip?sig=1\",\"file_hash\":\"abc\"},{\"file\":\"https://h/y.zip\"}],"
                + "\"services\":[{\"service_uri_source\":\"f/s\",\"service_id_source\":\"7\"}],"
                + "\"service_versions\":[{\"version_source\":\"1.0\",\"version_id_source\":\"8\"}]},"
                + "\"errors\":null,\"warnings\":[{\"code\":\"W1\",\"message\":\"slow\"}]}"));
        ExportJob job = client.impex().exports().status("e-1");

        assertThat(job.files())
                .extracting(RemoteFile::url, RemoteFile::hash)
                .containsExactly(
                        tuple(URI.create("https://h/x.zip?sig=1"), Optional.of("abc")),
                        tuple(URI.create("https://h/y.zip"), Optional.empty()));
        assertThat(job.services().get(0).source().serviceId()).hasValue("7");
        assertThat(job.services().get(0).destination().uri()).isEmpty();
        assertThat(job.serviceVersions().get(0).source().versionId()).hasValue("8");
        assertThat(job.warnings()).singleElement().hasToString("W1: slow");
        assertThat(job)
                .hasToString(
                        "ExportJob[id=e-1, status=in_progress, services=1, serviceVersions=1, errors=0, warnings=1]");
    }

    @Test
    void words_of_status_are_the_same_in_upper_and_lower_case_and_kept_as_they_came() {
        JobStatus loud = new JobStatus("Closed");
        assertThat(loud)
                .isEqualTo(JobStatus.CLOSED)
                .hasSameHashCodeAs(JobStatus.CLOSED)
                .hasToString("Closed");
        assertThat(loud.text()).isEqualTo("Closed");
        assertThat(loud).isNotEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void unknown_fields_and_words_are_kept() {
        bench.answers(
                Bench.json(
                        "{\"id\":\"j\",\"status\":\"Half-Done\",\"newcomer\":{\"deep\":[1,2.50,null,true,"
                                + "12345678901234567890]},\"outputs\":{\"services\":[{\"status\":\"teleported\",\"colour\":\"red\"}]}}"));
        ImportJob job = client.impex().imports().status("j");

        assertThat(job.status()).hasToString("Half-Done");
        assertThat(job.status().isKnown()).isFalse();
        assertThat(job.status().isTerminal()).isFalse();
        assertThat(job.services().get(0).status()).hasValue("teleported");
        assertThat(job.services().get(0).fields()).containsEntry("colour", "red");
        List<?> deep = (List<?>) ((Map<?, ?>) job.fields().get("newcomer")).get("deep");
        assertThat(deep.get(0)).isEqualTo(1);
        assertThat(deep.get(1)).isEqualTo(new BigDecimal("2.50"));
        assertThat(deep.get(2)).isNull();
        assertThat(deep.get(3)).isEqualTo(true);
        assertThat(deep.get(4)).hasToString("12345678901234567890");
    }

    @Test
    void fields_of_the_wrong_type_count_as_absent() {
        bench.answers(Bench.json("{\"id\":\"j\",\"status\":\"closed\",\"response_timestamp\":\"yesterday\","
                + "\"process_time\":\"long\",\"status_url\":\"not a url\",\"outputs\":[],\"source_system\":{},"
                + "\"errors\":false,\"warnings\":\"one\"}"));
        ExportJob job = client.impex().exports().status("j");
        assertThat(job.responseTimestamp()).isEmpty();
        assertThat(job.processTime()).isEmpty();
        assertThat(job.statusUrl()).isEmpty();
        assertThat(job.files()).isEmpty();
        assertThat(job.sourceSystem()).isEmpty();
        assertThat(job.errors()).isEmpty();
        assertThat(job.warnings()).singleElement().hasToString("one");
    }

    @Test
    void documents_cannot_be_changed() {
        bench.answers(Bench.job("closed", "http://h/a.zip"));
        ExportJob job = client.impex().exports().status("j");
        assertThat(job.fields()).isUnmodifiable();
        assertThat((Map<?, ?>) job.fields().get("outputs")).isUnmodifiable();
        assertThat(job.files()).isUnmodifiable();
    }
}
