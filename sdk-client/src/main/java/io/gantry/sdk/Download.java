// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okio.GzipSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * The download of one file. An attempt that breaks off is followed by one that asks for the rest only, if the
 * server tells versions of the file apart (a strong ETag, a modification date) or the hash will show a mixture;
 * otherwise by one from the start. Used by one thread.
 */
final class Download implements Exchange<Download> {
    private static final int BUFFER = 64 * 1024;
    private static final long WORTHWHILE = 64 * 1024;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private final String label;
    private final HttpUrl url;
    private final Target target;
    private final @Nullable FileHash hash;
    private final Place place;
    private @Nullable MessageDigest digest;
    private @Nullable String validator;
    private @Nullable String disposition;
    private long bytes;
    private long farthest;
    private boolean resumed;

    /** The number of the file within the call, and the number of files. */
    record Place(int part, int parts) {}

    Download(HttpUrl url, @Nullable FileHash hash, Target target, Place place) {
        this.label = "download file " + place.part() + " of " + place.parts();
        this.url = url;
        this.hash = hash;
        this.target = target;
        this.place = place;
    }

    long bytes() {
        return bytes;
    }

    /** Whether the file was checked against a hash. */
    boolean isHashed() {
        return hash != null;
    }

    /** The header with the file name that the server suggests. */
    @Nullable
    String disposition() {
        return disposition;
    }

    @Override
    public String what() {
        return label;
    }

    @Override
    public HttpUrl url() {
        return url;
    }

    @Override
    public String shown(HttpUrl at) {
        return ServerAddress.shownHost(at);
    }

    @Override
    public Request.Builder request() {
        // Unpacked bytes cannot be counted or resumed.
        Request.Builder request = new Request.Builder().url(url).header("Accept-Encoding", "identity");
        if (bytes > 0 && (validator != null || hash != null)) {
            request.header("Range", "bytes=" + bytes + "-");
            if (validator != null) {
                request.header("If-Range", validator);
            }
        }
        return request;
    }

    @Override
    public boolean hasProgressed() {
        // A file that breaks off at the same place each time does not progress, however much of it comes.
        boolean progressed = bytes - farthest >= WORTHWHILE;
        farthest = Math.max(farthest, bytes);
        return progressed;
    }

    @Override
    public boolean startsOver(int httpStatus) {
        if (httpStatus != 416 || bytes == 0) {
            return false;
        }
        startAnew();
        return true;
    }

    @Override
    public Download read(Response response, Operation operation) throws IOException {
        Circumstances facts = operation.facts(response.code(), List.of());
        MediaType type = response.body().contentType();
        if (type != null && type.subtype().contains("html")) {
            throw new ProtocolException(
                    ErrorCode.NOT_A_FILE, "could not " + label + ": the server sent an HTML page instead", facts);
        }
        OptionalLong total = begin(response);
        boolean packed = "gzip".equalsIgnoreCase(response.header("Content-Encoding"));
        try (InputStream in = packed
                ? Okio.buffer(new GzipSource(response.body().source())).inputStream()
                : response.body().byteStream()) {
            copy(
                    in,
                    new Progress(
                            place.part(),
                            place.parts(),
                            packed ? OptionalLong.empty() : total,
                            operation.listener()::onDownload));
        } catch (IOException e) {
            if (packed) {
                startAnew();
            }
            throw e;
        }
        if (!packed && total.isPresent() && bytes != total.getAsLong()) {
            throw new IOException("got " + bytes + " of " + total.getAsLong() + " bytes");
        }
        check(facts);
        return this;
    }

    /** Takes up the answer's place in the file, and gives the length of the whole file if it is known. */
    private OptionalLong begin(Response response) throws IOException {
        long length = response.body().contentLength();
        disposition = response.header("Content-Disposition");
        if (response.code() == 206) {
            Matcher range = CONTENT_RANGE.matcher(String.valueOf(response.header("Content-Range")));
            if (!range.matches() || Long.parseLong(range.group(1)) != bytes) {
                startAnew();
                throw new IOException("the server sent another range than was asked for");
            }
            resumed = bytes > 0;
            return range.group(3).equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(range.group(3)));
        }
        startAnew();
        validator = validator(response);
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    private void copy(InputStream in, Progress progress) throws IOException {
        byte[] buffer = new byte[BUFFER];
        progress.add(bytes);
        try (OutputStream out = open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                write(out, buffer, n);
                if (digest != null) {
                    digest.update(buffer, 0, n);
                }
                bytes += n;
                progress.add(n);
            }
        }
        progress.end();
    }

    private void check(Circumstances facts) throws IOException {
        if (bytes == 0) {
            throw new ProtocolException(
                    ErrorCode.NOT_A_FILE, "could not " + label + ": the server sent an empty file", facts);
        }
        if (hash == null || digest == null) {
            return;
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (found.equals(hash.hex())) {
            return;
        }
        boolean pieced = resumed;
        startAnew();
        if (pieced) {
            throw new IOException("the pieces of the file do not fit together");
        }
        throw new ProtocolException(
                ErrorCode.HASH_MISMATCH,
                "could not " + label + ": its " + hash.algorithm() + " is " + found + ", but the job announced "
                        + hash.hex(),
                facts);
    }

    private void startAnew() {
        bytes = 0;
        resumed = false;
        validator = null;
        digest = hash == null ? null : hash.digest();
    }

    private OutputStream open() throws LocalFileException {
        try {
            return target.open(bytes > 0);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void write(OutputStream out, byte[] buffer, int length) throws LocalFileException {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private LocalFileException unwritable(IOException cause) {
        return new LocalFileException(ErrorCode.TARGET_UNWRITABLE, target + " cannot be written: " + cause, cause);
    }

    private static @Nullable String validator(Response response) {
        String tag = response.header("ETag");
        return tag != null && tag.startsWith("\"") ? tag : response.header("Last-Modified");
    }
}
