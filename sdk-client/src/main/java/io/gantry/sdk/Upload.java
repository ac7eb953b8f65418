// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file to send, from any source. */
final class Upload {
    private static final Logger LOG = LoggerFactory.getLogger(ImpexClient.class);

    private final String name;
    private final Callable<? extends InputStream> open;
    private final Callable<Long> length;
    private final boolean replayable;
    private final Runnable release;

    private Upload(
            String name,
            Callable<? extends InputStream> open,
            Callable<Long> length,
            boolean replayable,
            Runnable release) {
        this.name = name;
        this.open = open;
        this.length = length;
        this.replayable = replayable;
        this.release = release;
    }

    static Upload of(Path path) {
        return new Upload(path.toString(), () -> Files.newInputStream(path), () -> Files.size(path), true, () -> {});
    }

    static Upload of(byte[] bytes) {
        return new Upload(
                bytes.length + " bytes",
                () -> new ByteArrayInputStream(bytes),
                () -> (long) bytes.length,
                true,
                () -> {});
    }

    static Upload of(Callable<? extends InputStream> open) {
        return new Upload("a stream", open, () -> -1L, true, () -> {});
    }

    static Upload once(InputStream stream) {
        AtomicReference<@Nullable InputStream> unread = new AtomicReference<>(stream);
        Callable<InputStream> take = () -> {
            InputStream taken = unread.getAndSet(null);
            if (taken == null) {
                throw new IOException("the stream was given for one upload and has been read already");
            }
            return taken;
        };
        return new Upload("a stream to be read once", take, () -> -1L, false, () -> close(unread.getAndSet(null)));
    }

    /** Closes a stream that is to be read only once and has not been opened for an upload. */
    void release() {
        release.run();
    }

    private static void close(@Nullable InputStream stream) {
        if (stream == null) {
            return;
        }
        try {
            stream.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("a stream that was not read cannot be closed", e);
        }
    }

    boolean isReplayable() {
        return replayable;
    }

    /** The number of bytes, if it is known without reading. */
    OptionalLong length() throws IOException {
        long bytes = call(length);
        return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    InputStream open() throws IOException {
        return call(open);
    }

    @Override
    public String toString() {
        return name;
    }

    private <T> T call(Callable<T> source) throws IOException {
        try {
            T value = source.call();
            if (value == null) {
                throw new IOException("the supplier gave no stream");
            }
            return value;
        } catch (IOException e) {
            throw unreadable(e);
        } catch (Exception e) {
            throw unreadable(new IOException(e));
        }
    }

    LocalFileException unreadable(IOException cause) {
        return new LocalFileException(
                ErrorCode.SOURCE_UNREADABLE, "the file to import (" + name + ") cannot be read: " + cause, cause);
    }
}
