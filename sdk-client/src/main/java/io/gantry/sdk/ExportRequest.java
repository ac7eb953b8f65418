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
 * A request for an export. Immutable: each method returns a changed copy.
 *
 * <p>It names at least one folder, service or version, or a job to {@link #resume(String)}. A service that is named
 * several times is exported once.
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

    /** {@return an empty request} */
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
     * @param filter the purpose of the export; {@link FileFilter#MIGRATE} by default
     */
    public ExportRequest fileFilter(FileFilter filter) {
        return with(new Form(filter, form.versions, form.directory, form.checked));
    }

    /**
     * {@return this request with another version filter}
     *
     * @param filter which versions to export; {@link VersionFilter#LATEST} by default
     */
    public ExportRequest versionFilter(VersionFilter filter) {
        return with(new Form(form.files, filter, form.directory, form.checked));
    }

    /**
     * {@return this request with a directory for the files} By default the files are written to a new temporary directory,
     * which {@link ExportResult#close()} deletes.
     *
     * @param directory created if it does not exist; files in it are never overwritten; a file of this name, or a directory
     *     that is not writable, fails the call before the job is started
     */
    public ExportRequest into(Path directory) {
        return with(new Form(form.files, form.versions, directory, form.checked));
    }

    /**
     * {@return this request without the check of file hashes} By default the client verifies every hash that the server
     * announces in a form that it recognises.
     */
    public ExportRequest withoutHashCheck() {
        return with(new Form(form.files, form.versions, form.directory, false));
    }

    /**
     * {@return this request with another source system}
     *
     * @param tag the name of the calling system; not blank
     */
    public ExportRequest sourceSystem(String tag) {
        return with(options.withSourceSystem(tag));
    }

    /**
     * {@return this request with a correlation id}
     *
     * @param tag the correlation id of the job; not blank
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
     * {@return this request with other settings for waiting}
     *
     * @param waiting replaces the settings of the client and those that were set on this request before
     */
    public ExportRequest waiting(Waiting waiting) {
        return with(options.withWaiting(waiting));
    }

    /**
     * {@return this request with a listener in addition to the client's}
     *
     * @param listener receives the events of this call only
     */
    public ExportRequest listener(ImpexListener listener) {
        return with(options.withListener(listener));
    }

    /**
     * {@return this request for a job that was started before} {@link Impex#exp} then starts no job, but waits for this
     * one and downloads its files.
     *
     * @param jobId the id of the job, such as {@link ImpexException#jobId()} after a time-out
     */
    public ExportRequest resume(String jobId) {
        return with(options.withJobId(jobId));
    }

    /** {@return the content of the request} */
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
