// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes connections on to a server, but cuts the first one when the client has sent so many bytes. */
final class CuttingProxy implements AutoCloseable {
    /** How a connection is cut. */
    enum Cut {
        CLOSE,
        RESET,
        STALL
    }

    private static final int SMALL_BUFFER = 64 * 1024;

    private final ServerSocket listening;
    private final InetSocketAddress target;
    private final Cut cut;
    private final int cutAt;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    CuttingProxy(int targetPort, Cut cut, int cutAt) {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        this.cut = cut;
        this.cutAt = cutAt;
        try {
            listening = new ServerSocket();
            listening.setReceiveBufferSize(SMALL_BUFFER);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** How many connections have been made so far. */
    int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        closeQuietly(listening);
        open.forEach(CuttingProxy::closeQuietly);
    }

    private void accept() throws IOException {
        for (int limit = cutAt; ; limit = Integer.MAX_VALUE) {
            Socket client = listening.accept();
            connections.incrementAndGet();
            Socket server = new Socket();
            open.add(client);
            open.add(server);
            server.connect(target);
            int allowed = limit;
            run(() -> pump(client, server, allowed));
            run(() -> pump(server, client, Integer.MAX_VALUE));
        }
    }

    private void pump(Socket from, Socket to, int limit) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[8192];
        long passed = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            passed += n;
            if (passed >= limit) {
                if (cut == Cut.STALL) {
                    return;
                }
                from.setSoLinger(cut == Cut.RESET, 0);
                break;
            }
        }
        closeQuietly(from);
        closeQuietly(to);
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The other end is gone, which is what this proxy is for.
                    }
                },
                "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }
}
