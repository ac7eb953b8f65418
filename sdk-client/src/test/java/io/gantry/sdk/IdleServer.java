// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A server of real sockets that closes each connection when it has been idle after its first answer. */
final class IdleServer implements AutoCloseable {
    private static final String JOB = "{\"id\":\"job-1\",\"status\":\"in_progress\"}";
    private static final String GOOD = "200 OK";

    private final ServerSocket listening;
    private final Semaphore closed = new Semaphore(0);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile String firstAnswer = GOOD;

    IdleServer() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    String url() {
        return "http://localhost:" + listening.getLocalPort() + "/my-tenant";
    }

    /** Refuses the first request of all. */
    void refuseFirst() {
        firstAnswer = "503 Busy\r\nx-retry-after: 0.3";
    }

    /** Each request line with the number of its connection. */
    List<String> requests() {
        return requests;
    }

    /** Waits until the server has closed a connection that was idle. */
    void awaitIdleClose() throws InterruptedException {
        if (!closed.tryAcquire(Bench.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("no connection was closed");
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        for (int number = 1; ; number++) {
            Socket socket = listening.accept();
            open.add(socket);
            int connection = number;
            run(() -> serve(socket, connection));
        }
    }

    /** Answers one request, and closes without reading another. */
    private void serve(Socket socket, int connection) throws IOException {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            int length = 0;
            for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
                String lower = header.toLowerCase(Locale.ROOT);
                length = lower.startsWith("content-length:")
                        ? Integer.parseInt(lower.substring(15).strip())
                        : length;
            }
            while (length > 0) {
                length -= (int) in.skip(length);
            }
            requests.add(connection + " " + line);
            socket.getOutputStream()
                    .write(("HTTP/1.1 " + (connection == 1 ? firstAnswer : GOOD)
                                    + "\r\nContent-Type: application/json\r\nContent-Length: " + JOB.length()
                                    + "\r\n\r\n" + JOB)
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        closed.release();
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | RuntimeException e) {
                        // The test has closed the server, or the client its connection.
                    }
                },
                "idle-server");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
