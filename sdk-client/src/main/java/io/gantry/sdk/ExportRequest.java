// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to export and how. Immutable: each method gives a changed copy.
 *
 * <p>At least one folder, service or version has to be named, or a job to {@link #resume(String)}; what is named by
 * several of them is exported once.
 */
public final class ExportRequest {
    private static final ExportRequest EMPTY = new ExportRequest(
            List.of(),
            List.of(),
            List.of(),
            new Form(FileFilter.MIGRATE, VersionFilter.LATEST, null, true),
            CallOptions.DEFAULTS);

    private final List<String> folders;
    private final List<String> services;
    private final List<String> versionIds;
    private final Form form;
    private final CallOptions options;

    private ExportRequest(
            List<String> folders, List<String> services, List<String> versionIds, Form form, CallOptions options) {
        this.folders = folders;
        this.services = services;
        this.versionIds = versionIds;
        this.form = form;
        this.options = options;
    }

    /** {@return a request that names nothing yet} */
    public static ExportRequest create() {
        return EMPTY;
    }

    /**
     * {@return this request with more folders}
     *
     * @param names names of folders
     */
    public ExportRequest folders(String... names) {
        return new ExportRequest(joined(folders, Stream.of(names)), services, versionIds, form, options);
    }

    /**
     * {@return this request with more folders}
     *
     * @param names names of folders
     */
    public ExportRequest folders(List<String> names) {
        return new ExportRequest(joined(folders, names.stream()), services, versionIds, form, options);
    }

    /**
     * {@return this request with more services}
     *
     * @param uris service URIs in any form of {@link ServiceUri}; they are sent exactly as given
     * @throws ImpexException with {@link ErrorCode#INVALID_SERVICE_URI}
     */
    public ExportRequest services(List<String> uris) {
        Collection<ServiceUri> parsed = uris.stream().map(ServiceUri::parse).toList();
        return services(parsed);
    }

    /**
     * {@return this request with more services}
     *
     * @param uris service URIs in any form of {@link ServiceUri}; they are sent exactly as given
     * @throws ImpexException with {@link ErrorCode#INVALID_SERVICE_URI}
     */
    public ExportRequest services(String... uris) {
        return services(Stream.of(uris).map(ServiceUri::parse).toList());
    }

    /**
     * {@return this request with more services}
     *
     * @param uris service URIs
     */
    public ExportRequest services(Collection<ServiceUri> uris) {
        return new ExportRequest(
                folders, joined(services, uris.stream().map(ServiceUri::toString)), versionIds, form, options);
    }

    /**
     * {@return this request with more service versions}
     *
     * @param ids ids of service versions
     */
    public ExportRequest versionIds(String... ids) {
        return new ExportRequest(folders, services, joined(versionIds, Stream.of(ids)), form, options);
    }

    /**
     * {@return this request with more service versions}
     *
     * @param ids ids of service versions
     */
    public ExportRequest versionIds(List<String> ids) {
        return new ExportRequest(folders, services, joined(versionIds, ids.stream()), form, options);
    }

    /**
     * {@return this request with another file filter}
     *
     * @param filter what the export is for; {@link FileFilter#MIGRATE} by default
     */
    public ExportRequest fileFilter(FileFilter filter) {
        return with(new Form(filter, form.versions, form.directory, form.checked));
    }

    /**
     * {@return this request with another version filter}
     *
     * @param filter which versions to take; {@link VersionFilter#LATEST} by default
     */
    public ExportRequest versionFilter(VersionFilter filter) {
        return with(new Form(form.files, filter, form.directory, form.checked));
    }

    /**
     * {@return this request with a directory for the files} By default they go to a new temporary directory.
     *
     * @param directory is created if need be; files in it are never overwritten
     */
    public ExportRequest into(Path directory) {
        return with(new Form(form.files, form.versions, directory, form.checked));
    }

    /**
     * {@return this request without the check of file hashes} By default a hash that the server announces in a form that
     * is recognised has to be right.
     */
    public ExportRequest withoutHashCheck() {
        return with(new Form(form.files, form.versions, form.directory, false));
    }

    /**
     * {@return this request with another source system}
     *
     * @param tag names the system that asks; not blank
     */
    public ExportRequest sourceSystem(String tag) {
        return with(options.withSourceSystem(tag));
    }

    /**
     * {@return this request with a correlation id}
     *
     * @param tag marks the job; not blank
     */
    public ExportRequest correlationId(String tag) {
        return with(options.withCorrelationId(tag));
    }

    /**
     * {@return this request with another deadline; see {@link Waiting#deadline(Duration)}}
     *
     * @param deadline how long the whole call may take
     */
    public ExportRequest deadline(Duration deadline) {
        return with(options.withDeadline(deadline));
    }

    /**
     * {@return this request with another number of status checks; see {@link Waiting#maxRetries(int)}}
     *
     * @param maxRetries how often the status is asked for at most
     */
    public ExportRequest maxRetries(int maxRetries) {
        return with(options.withMaxRetries(maxRetries));
    }

    /**
     * {@return this request with another pause between status checks; see {@link Waiting#retryInterval(Duration)}}
     *
     * @param retryInterval the shortest pause
     */
    public ExportRequest retryInterval(Duration retryInterval) {
        return with(options.withRetryInterval(retryInterval));
    }

    /**
     * {@return this request with other waiting altogether}
     *
     * @param waiting replaces the client's waiting and what was set before
     */
    public ExportRequest waiting(Waiting waiting) {
        return with(options.withWaiting(waiting));
    }

    /**
     * {@return this request with a listener of its own, beside the client's}
     *
     * @param listener is told of this call only
     */
    public ExportRequest listener(ImpexListener listener) {
        return with(options.withListener(listener));
    }

    /**
     * {@return this request for a job that was started before} {@link Impex#exp} then starts none, but waits for this one
     * and downloads its files.
     *
     * @param jobId the job, such as {@link ImpexException#jobId()} tells after a time-out
     */
    public ExportRequest resume(String jobId) {
        return with(options.withJobId(jobId));
    }

    /** {@return what is to be exported} */
    @Override
    public String toString() {
        String job = options.jobId();
        return job == null ? "ExportRequest" + body() : "ExportRequest[resume " + job + "]";
    }

    CallOptions options() {
        return options;
    }

    Optional<Path> directory() {
        return Optional.ofNullable(form.directory);
    }

    boolean checksHashes() {
        return form.checked;
    }

    /** The JSON of the request. */
    Map<String, Object> body() {
        Map<String, Object> inputs = new LinkedHashMap<>();
        putUnlessEmpty(inputs, "folders", folders);
        putUnlessEmpty(inputs, "services", services);
        putUnlessEmpty(inputs, "version_ids", versionIds);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("inputs", inputs);
        body.put("file_filter", form.files.onTheWire());
        body.put("version_filter", form.versions.onTheWire());
        body.putAll(options.tags());
        return body;
    }

    boolean isForMigration() {
        return form.files == FileFilter.MIGRATE;
    }

    /** Refuses a request that names nothing or something blank. */
    void check() {
        if (folders.isEmpty() && services.isEmpty() && versionIds.isEmpty()) {
            throw new ImpexException(
                    ErrorCode.INVALID_REQUEST,
                    "at least one of folders, services or versionIds must be given, or a job to resume");
        }
        if (Stream.concat(folders.stream(), versionIds.stream()).anyMatch(String::isBlank)) {
            throw new ImpexException(ErrorCode.INVALID_REQUEST, "a folder's name or a version id is blank");
        }
    }

    private ExportRequest with(Form other) {
        return new ExportRequest(folders, services, versionIds, other, options);
    }

    private ExportRequest with(CallOptions other) {
        return new ExportRequest(folders, services, versionIds, form, other);
    }

    private static List<String> joined(List<String> before, Stream<String> more) {
        return Stream.of(before.stream(), more).flatMap(Function.identity()).toList();
    }

    private static void putUnlessEmpty(Map<String, Object> inputs, String key, List<String> values) {
        if (!values.isEmpty()) {
            inputs.put(key, values);
        }
    }

    private record Form(
            FileFilter files,
            VersionFilter versions,
            @Nullable Path directory,
            boolean checked) {}
}
