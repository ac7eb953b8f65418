// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.zip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;

/** Answers that bring a file, or a part of it, in all the ways that a download may meet. */
final class Pieces {
    static final byte[] FILE = Bench.bytes(200_000);

    private Pieces() {}

    /** An answer that breaks off in its middle. */
    static MockResponse half(String... headers) {
        return zip(FILE, headers)
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
    }

    static MockResponse tiny() {
        return zip(Bench.bytes(1000))
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
    }

    static MockResponse halfInChunks() {
        return new MockResponse.Builder()
                .chunkedBody(new Buffer().write(FILE), 1000)
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
    }

    static MockResponse chunks() {
        return new MockResponse.Builder()
                .chunkedBody(new Buffer().write(FILE), 1000)
                .build();
    }

    static MockResponse stuck() {
        return zip(FILE)
                .newBuilder()
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build();
    }

    static MockResponse slow() {
        return zip(FILE)
                .newBuilder()
                .throttleBody(20_000, Bench.STEP, TimeUnit.MILLISECONDS)
                .build();
    }

    static MockResponse gzip(byte[] bytes, int cutAt) {
        Buffer packed = new Buffer();
        try (BufferedSink sink = Okio.buffer(new GzipSink(packed))) {
            sink.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] all = packed.readByteArray();
        return zip(Arrays.copyOf(all, Math.min(cutAt, all.length)), "Content-Encoding", "gzip");
    }

    static MockResponse rest() {
        return part(FILE.length / 2, FILE.length);
    }

    /** What follows the first half, but not all of what is announced; the rest of it has to be asked for again. */
    static MockResponse[] restInTwo() {
        int middle = FILE.length * 3 / 4;
        return new MockResponse[] {part(FILE.length / 2, middle), part(middle, FILE.length)};
    }

    static MockResponse wrongRest() {
        return part(FILE.length / 2, FILE.length)
                .newBuilder()
                .body(new Buffer().write(Bench.bytes(FILE.length / 2)))
                .build();
    }

    static MockResponse part(int from, int to) {
        return zip(
                        Arrays.copyOfRange(FILE, from, to),
                        "Content-Range",
                        "bytes " + from + "-" + (to - 1) + "/" + FILE.length)
                .newBuilder()
                .code(206)
                .build();
    }
}
