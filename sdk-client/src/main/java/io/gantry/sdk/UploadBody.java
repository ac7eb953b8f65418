// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** The file part of an import, streamed from its source each time it is sent, and counted on the way. */
final class UploadBody extends RequestBody {
    private static final MediaType ZIP = MediaType.get("application/zip");
    private static final int BUFFER = 64 * 1024;

    private final Upload file;
    private final OptionalLong length;
    private final ImpexListener listener;

    private UploadBody(Upload file, OptionalLong length, ImpexListener listener) {
        this.file = file;
        this.length = length;
        this.listener = listener;
    }

    /** The whole body of an import: the JSON part without a type, then the file, always as package.zip. */
    static RequestBody multipart(
            String boundary, Map<String, Object> json, Upload file, OptionalLong length, ImpexListener listener) {
        byte[] entity = Json.write(json).getBytes(StandardCharsets.UTF_8);
        return new MultipartBody.Builder(boundary)
                .setType(MultipartBody.FORM)
                .addPart(disposition("form-data; name=\"importRequestEntity\""), RequestBody.create(entity))
                .addPart(
                        disposition("form-data; name=\"file\"; filename=\"package.zip\""),
                        new UploadBody(file, length, listener))
                .build();
    }

    @Override
    public @Nullable MediaType contentType() {
        return ZIP;
    }

    @Override
    public long contentLength() {
        return length.orElse(-1);
    }

    @Override
    public boolean isOneShot() {
        return !file.isReplayable();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        Progress progress = new Progress(1, 1, length, listener::onUpload);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = file.open()) {
            for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
                if (progress.bytes() + n > length.orElse(Long.MAX_VALUE)) {
                    throw changed(progress.bytes() + n);
                }
                sink.write(buffer, 0, n);
                progress.add(n);
            }
        }
        if (length.isPresent() && progress.bytes() != length.getAsLong()) {
            throw changed(progress.bytes());
        }
        progress.end();
    }

    private int read(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw file.unreadable(e);
        } catch (RuntimeException e) {
            throw file.unreadable(new IOException(e));
        }
    }

    private LocalFileException changed(long bytes) {
        return file.unreadable(new IOException("it had " + length.orElse(0) + " bytes and now has " + bytes));
    }

    private static Headers disposition(String value) {
        return Headers.of("Content-Disposition", value);
    }
}
