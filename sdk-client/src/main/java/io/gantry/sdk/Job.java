// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The document of a job as the server last described it. Nothing in it is altered or masked; fields that this class does not
 * know are kept in {@link #fields()}.
 */
public abstract sealed class Job permits ExportJob, ImportJob {
    private final String id;
    private final JobStatus status;
    private final List<ServerMessage> errors;
    private final List<ServerMessage> warnings;
    private final List<JobItem> services;
    private final List<JobItem> serviceVersions;
    private final Map<String, Object> fields;
    private final Map<String, Object> data;

    Job(String id, Map<String, Object> fields, Map<String, Object> data) {
        this.id = id;
        this.fields = fields;
        this.data = data;
        this.status = Json.text(data, "status")
                .or(() -> Json.text(data, "export_status"))
                .or(() -> Json.text(data, "import_status"))
                .map(JobStatus::new)
                .orElse(JobStatus.UNSTATED);
        this.errors = ServerMessage.listOf(data.get("errors"));
        this.warnings = ServerMessage.listOf(data.get("warnings"));
        this.services = items("services");
        this.serviceVersions = items("service_versions");
    }

    /** {@return the job's id, with which the call can be resumed} */
    public String id() {
        return id;
    }

    /** {@return the job's status, in the server's own word} */
    public JobStatus status() {
        return status;
    }

    /** {@return the services that the job has moved} */
    public List<JobItem> services() {
        return services;
    }

    /** {@return the service versions that the job has moved} */
    public List<JobItem> serviceVersions() {
        return serviceVersions;
    }

    /** {@return the job's errors; empty if it had none, whether the server says so by null or by an empty list} */
    public List<ServerMessage> errors() {
        return errors;
    }

    /** {@return the job's warnings} */
    public List<ServerMessage> warnings() {
        return warnings;
    }

    /** {@return the time when the server created this document} */
    public Optional<Instant> responseTimestamp() {
        return Json.text(data, "response_timestamp").flatMap(Job::instant);
    }

    /** {@return the processing time of the job, in the server's unit, which the protocol does not specify} */
    public OptionalLong processTime() {
        return data.get("process_time") instanceof Number number
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** {@return the address of the status, for {@link Exports#status(URI)} and {@link Imports#status(URI)}} */
    public Optional<URI> statusUrl() {
        return Json.text(data, "status_url").flatMap(RemoteFile::address);
    }

    /** {@return the source system given in the request} */
    public Optional<String> sourceSystem() {
        return Json.text(data, "source_system");
    }

    /** {@return the correlation id given in the request} */
    public Optional<String> correlationId() {
        return Json.text(data, "correlation_id");
    }

    /**
     * {@return the whole document as the server sent it, unknown fields included} Immutable; objects are maps in the server's
     * order, arrays are lists, numbers are {@link Integer}, {@link Long}, {@link java.math.BigInteger} or
     * {@link java.math.BigDecimal}; a value may be null.
     */
    public Map<String, Object> fields() {
        return fields;
    }

    /** {@return a short description without addresses} */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[id=" + id + ", status=" + status + ", services="
                + services.size() + ", serviceVersions=" + serviceVersions.size() + ", errors=" + errors.size()
                + ", warnings=" + warnings.size() + "]";
    }

    Map<String, Object> outputs() {
        return Json.object(data.get("outputs"));
    }

    private List<JobItem> items(String key) {
        return Json.objects(outputs().get(key)).stream().map(JobItem::new).toList();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
