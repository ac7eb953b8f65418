// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sdk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * As little of an ImpEx server as a transfer needs, so that it is not what is measured: swallows uploads, gives one
 * large file, and every job is closed at once. Runs in a process of its own and prints its port.
 */
public final class StreamServer {
    private static final int BUFFER = 256 * 1024;

    private final long fileLength;
    private final String hash;
    private final int port;

    private StreamServer(long fileLength, String hash, int port) {
        this.fileLength = fileLength;
        this.hash = hash;
        this.port = port;
    }

    /**
     * Serves until the process is ended.
     *
     * @param args the length of the file, and the hash to announce for it
     * @throws IOException if there is no port
     */
    public static void main(String[] args) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.out.println(listening.getLocalPort());
            StreamServer server = new StreamServer(Long.parseLong(args[0]), args[1], listening.getLocalPort());
            while (true) {
                Socket socket = listening.accept();
                Thread thread = new Thread(() -> server.serve(socket));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    /** The bytes of the file from a position on; the same everywhere, without being stored. */
    static void fill(byte[] buffer) {
        for (int i = 0; i < buffer.length; i++) {
            buffer[i] = (byte) (i * 31 + (i >>> 8));
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
                OutputStream out = socket.getOutputStream()) {
            socket.setTcpNoDelay(true);
            for (String request = line(in); !request.isEmpty(); request = line(in)) {
                answer(request, in, out);
            }
        } catch (IOException e) {
            System.err.println("connection ended: " + e);
        }
    }

    private void answer(String request, InputStream in, OutputStream out) throws IOException {
        long length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length =
                        Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
            }
        }
        byte[] buffer = new byte[BUFFER];
        while (length > 0) {
            int n = in.read(buffer, 0, (int) Math.min(length, buffer.length));
            if (n < 0) {
                throw new IOException("the upload broke off");
            }
            length -= n;
        }
        if (request.startsWith("GET /file")) {
            head(out, "application/zip", fileLength);
            fill(buffer);
            for (long left = fileLength; left > 0; left -= buffer.length) {
                out.write(buffer, 0, (int) Math.min(left, buffer.length));
            }
        } else {
            json(request, out);
        }
        out.flush();
    }

    private void json(String request, OutputStream out) throws IOException {
        String announced = request.contains("/hashed/") ? ",\"file_hash\":\"" + hash + "\"" : "";
        String body = "{\"id\":\"j\",\"status\":\"closed\",\"outputs\":{\"files\":[{\"file\":\"http://localhost:" + port
                + "/file.zip\"" + announced + "}]},\"errors\":null}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        head(out, "application/json", bytes.length);
        out.write(bytes);
    }

    private static void head(OutputStream out, String type, long length) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
