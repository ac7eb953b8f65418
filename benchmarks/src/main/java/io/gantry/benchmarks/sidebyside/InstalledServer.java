// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The server that the operating system has, run by its user {@code postgres} when this process is root's. */
record InstalledServer(Path programs, Path data, int port) implements Server {

    private static final Path ROOT = Path.of("/usr/lib/postgresql");

    static InstalledServer start(Path folder) throws IOException, InterruptedException {
        Path programs;
        try (Stream<Path> versions = Files.list(ROOT)) {
            programs = versions.max((a, b) -> Integer.compare(number(a), number(b)))
                    .orElseThrow()
                    .resolve("bin");
        }
        Path home = Files.createTempDirectory("gantry-postgres"); // where that user may go, too
        InstalledServer server = new InstalledServer(programs, home.resolve("data"), freePort());
        run(List.of("chmod", "777", home.toString()));
        server.program("initdb", List.of("-A", "trust", "-U", "postgres", "-E", "UTF-8", "-D", server.data.toString()));
        List<String> options = new ArrayList<>(List.of("-p " + server.port, "-h localhost", "-k ''"));
        SETTINGS.forEach((name, value) -> options.add("-c " + name + "=" + value));
        server.program(
                "pg_ctl",
                List.of(
                        "start",
                        "-w",
                        "-D",
                        server.data.toString(),
                        "-l",
                        home.resolve("log").toString(),
                        "-o",
                        String.join(" ", options)));
        return server;
    }

    private static int number(Path version) {
        return Integer.parseInt(version.getFileName().toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void program(String name, Collection<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            Collections.addAll(command, "setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");
        }
        command.add(programs.resolve(name).toString());
        command.addAll(arguments);
        run(command);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            program("pg_ctl", List.of("stop", "-w", "-m", "fast", "-D", data.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
