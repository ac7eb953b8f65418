// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request for an import. Immutable: each method returns a changed copy.
 *
 * <p>It names a file and its destination, or a job to {@link #resume(String)}.
 */
public final class ImportRequest {
    private static final ImportRequest EMPTY =
            new ImportRequest(null, null, IfPresent.ADD_VERSION, CallOptions.DEFAULTS);

    private final @Nullable Upload file;
    private final @Nullable List<ServiceMapping> destination;
    private final IfPresent ifPresent;
    private final CallOptions options;

    private ImportRequest(
            @Nullable Upload file,
            @Nullable List<ServiceMapping> destination,
            IfPresent ifPresent,
            CallOptions options) {
        this.file = file;
        this.destination = destination;
        this.ifPresent = ifPresent;
        this.options = options;
    }

    /** {@return an empty request} */
    public static ImportRequest create() {
        return EMPTY;
    }

    /**
     * {@return this request with a file to import}
     *
     * @param path a package that {@link Impex#exp} has downloaded; read during the call
     */
    public ImportRequest file(Path path) {
        return with(Upload.of(path));
    }

    /**
     * {@return this request with a file to import}
     *
     * @param bytes the package; the caller must not change it afterwards
     */
    public ImportRequest file(byte[] bytes) {
        return with(Upload.of(bytes));
    }

    /**
     * {@return this request with a file to import}
     *
     * @param open opens a new stream of the same bytes for each attempt of the upload; the client closes the streams
     */
    public ImportRequest file(Callable<? extends InputStream> open) {
        return with(Upload.of(open));
    }

    /**
     * {@return this request with a file to import that can be read only once} An upload that breaks off is not repeated,
     * and a second call with this request fails. Prefer {@link #file(Callable)}.
     *
     * @param stream the package; the first call with this request closes it, even if the call is refused
     */
    public ImportRequest file(InputStream stream) {
        return with(Upload.once(stream));
    }

    /**
     * {@return this request with more services to import, to the URIs they came from, with minor upgrades}
     *
     * @param uris service URIs, with or without folders of the source tenant; the folders have to exist
     * @throws ImpexException with {@link ErrorCode#INVALID_SERVICE_URI}
     */
    public ImportRequest destination(String... uris) {
        return with(Stream.of(uris).map(ServiceMapping::of));
    }

    /**
     * {@return this request with more services to import}
     *
     * @param mappings the destination of each service; an empty array sends an empty list
     */
    public ImportRequest destination(ServiceMapping... mappings) {
        return with(Stream.of(mappings));
    }

    /**
     * {@return this request with more services to import, to the URIs they came from, with minor upgrades}
     *
     * @param uris service URIs; see {@link #destination(String...)}
     * @throws ImpexException with {@link ErrorCode#INVALID_SERVICE_URI}
     */
    public ImportRequest destination(List<String> uris) {
        return with(uris.stream().map(ServiceMapping::of));
    }

    /**
     * {@return this request with more services to import}
     *
     * @param mappings the destination of each service; an empty collection sends an empty list
     */
    public ImportRequest destination(Collection<ServiceMapping> mappings) {
        return with(mappings.stream());
    }

    /**
     * {@return this request with another policy for services that exist already}
     *
     * @param policy {@link IfPresent#ADD_VERSION} by default
     */
    public ImportRequest ifPresent(IfPresent policy) {
        return new ImportRequest(file, destination, policy, options);
    }

    /**
     * {@return this request with another source system}
     *
     * @param tag the name of the calling system; not blank
     */
    public ImportRequest sourceSystem(String tag) {
        return with(options.withSourceSystem(tag));
    }

    /**
     * {@return this request with a correlation id}
     *
     * @param tag the correlation id of the job; not blank
     */
    public ImportRequest correlationId(String tag) {
        return with(options.withCorrelationId(tag));
    }

    /**
     * {@return this request with another deadline; see {@link Waiting#deadline(Duration)}}
     *
     * @param deadline how long the whole call may take
     */
    public ImportRequest deadline(Duration deadline) {
        return with(options.withDeadline(deadline));
    }

    /**
     * {@return this request with another number of status checks; see {@link Waiting#maxRetries(int)}}
     *
     * @param maxRetries how often the status is asked for at most
     */
    public ImportRequest maxRetries(int maxRetries) {
        return with(options.withMaxRetries(maxRetries));
    }

    /**
     * {@return this request with another pause between status checks; see {@link Waiting#retryInterval(Duration)}}
     *
     * @param retryInterval the shortest pause
     */
    public ImportRequest retryInterval(Duration retryInterval) {
        return with(options.withRetryInterval(retryInterval));
    }

    /**
     * {@return this request with other settings for waiting}
     *
     * @param waiting replaces the settings of the client and those that were set on this request before
     */
    public ImportRequest waiting(Waiting waiting) {
        return with(options.withWaiting(waiting));
    }

    /**
     * {@return this request with a listener in addition to the client's}
     *
     * @param listener receives the events of this call only
     */
    public ImportRequest listener(ImpexListener listener) {
        return with(options.withListener(listener));
    }

    /**
     * {@return this request for a job that was started before} {@link Impex#imp} then uploads nothing, but waits for this
     * one.
     *
     * @param jobId the id of the job, such as {@link ImpexException#jobId()} after a time-out
     */
    public ImportRequest resume(String jobId) {
        return with(options.withJobId(jobId));
    }

    /** {@return the content of the request} */
    @Override
    public String toString() {
        String job = options.jobId();
        return job == null ? "ImportRequest[" + file + " to " + destination + "]" : "ImportRequest[resume " + job + "]";
    }

    CallOptions options() {
        return options;
    }

    /** Refuses what cannot be the pattern of further requests. */
    void checkTemplate() {
        if (file != null || options.jobId() != null) {
            throw new ImpexException(
                    ErrorCode.INVALID_REQUEST,
                    "the settings of the imports name a file or a job; the files are those of the export");
        }
    }

    /** This request, or the same with every service of an export as its destination. */
    ImportRequest orDestination(ExportJob exported) {
        if (destination != null) {
            return this;
        }
        List<String> uris = exported.services().stream()
                .flatMap(service -> service.source().uri().stream())
                .toList();
        if (uris.isEmpty()) {
            throw new ImpexException(
                    ErrorCode.INVALID_REQUEST,
                    "export job " + exported.id()
                            + " does not say which services it holds; name them by destination(...)");
        }
        return destination(uris);
    }

    /** Closes a stream that was given and not read. */
    void release() {
        if (file != null) {
            file.release();
        }
    }

    /** The file, if all that is needed has been given. */
    Upload checkedFile() {
        if (file == null) {
            throw new ImpexException(ErrorCode.INVALID_REQUEST, "no file is set; set one by file(...)");
        }
        if (destination == null) {
            throw new ImpexException(
                    ErrorCode.INVALID_REQUEST, "no destination is set; name the services by destination(...)");
        }
        return file;
    }

    /** The JSON of the request. */
    Map<String, Object> body() {
        List<Map<String, Object>> modify = new ArrayList<>();
        for (ServiceMapping mapping : destination == null ? List.<ServiceMapping>of() : destination) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("service_uri_source", mapping.source().toString());
            each.put("service_uri_destination", mapping.target().toString());
            each.put("update_version_type", mapping.upgrade().onTheWire());
            modify.add(each);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("inputs", Map.of("services_modify", modify));
        body.put("services_existing", ifPresent.onTheWire());
        body.putAll(options.tags());
        return body;
    }

    private ImportRequest with(Upload other) {
        return new ImportRequest(other, destination, ifPresent, options);
    }

    private ImportRequest with(CallOptions other) {
        return new ImportRequest(file, destination, ifPresent, other);
    }

    private ImportRequest with(Stream<ServiceMapping> more) {
        Stream<ServiceMapping> before = destination == null ? Stream.of() : destination.stream();
        return new ImportRequest(file, Stream.concat(before, more).toList(), ifPresent, options);
    }
}
