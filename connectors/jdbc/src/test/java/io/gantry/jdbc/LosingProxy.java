// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes everything on between a database and its clients, until it loses the answer to a COMMIT, and the connection with it. */
final class LosingProxy implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final int target;
    private final AtomicBoolean armed = new AtomicBoolean();

    LosingProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Loses the answer to the next COMMIT. */
    void loseNextCommit() {
        armed.set(true);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                AtomicBoolean losing = new AtomicBoolean();
                start(() -> pass(client, server, true, losing));
                start(() -> pass(server, client, false, losing));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void pass(Socket from, Socket to, boolean fromClient, AtomicBoolean losing) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
                if (fromClient && text.contains("COMMIT") && armed.compareAndSet(true, false)) {
                    losing.set(true);
                } else if (!fromClient && losing.get()) {
                    return; // the database has answered, and nobody will hear it
                }
                to.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException e) {
            // the other side is gone
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
