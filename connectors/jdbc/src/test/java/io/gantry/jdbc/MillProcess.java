// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A mill, as whoever has started it sees it. */
final class MillProcess implements AutoCloseable {

    private static final long SECONDS = 120;

    private final Process process;
    private final BlockingQueue<String> signs = new LinkedBlockingQueue<>();
    private final Semaphore words = new Semaphore(0);
    private final Map<String, String> told;
    private final Thread listener;

    private MillProcess(Process process, Map<String, String> told) {
        this.process = process;
        this.told = told;
        listener = new Thread(this::listen, "mill-listener");
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * Starts a mill.
     *
     * @param told gets what the mill was told of runs: the status of each that has ended, by its id
     */
    static MillProcess start(String url, Path folder, Duration late, Duration lease, Map<String, String> told)
            throws IOException {
        return new MillProcess(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx160m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                                Mill.class.getName(),
                                url,
                                folder.toString(),
                                Long.toString(late.toMillis()),
                                Long.toString(lease.toMillis()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start(),
                told);
    }

    private void listen() {
        try (BufferedReader says = process.inputReader()) {
            for (String line = says.readLine(); line != null; line = says.readLine()) {
                String[] parts = line.split(" ", 3);
                switch (parts[0]) {
                    case "SUBMITTED" -> told.putIfAbsent(parts[1], "");
                    case "ENDED" -> told.put(parts[1], parts[2].strip());
                    case "BACK" -> told.put(parts[1], "ROLLED_BACK");
                    case Mill.READY, Mill.PAUSED, "BROKEN" -> signs.add(line);
                    default -> {
                        continue; // others in the process may print, too
                    }
                }
                words.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        signs.add("END");
    }

    void awaitReady() throws InterruptedException {
        assertThat(signs.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(Mill.READY);
    }

    /** Waits until it has said something of runs so often since it was started. */
    void awaitWords(int count) throws InterruptedException {
        assertThat(words.tryAcquire(count, SECONDS, TimeUnit.SECONDS))
                .as("the mill works, and says %s", signs)
                .isTrue();
    }

    /** Kills it, from one instruction to the next. */
    void kill() throws InterruptedException {
        assertThat(process.isAlive()).as("the mill works, and says %s", signs).isTrue();
        process.toHandle().destroyForcibly(); // the process itself would close its streams, and lose its last words
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        listener.join(Duration.ofSeconds(SECONDS).toMillis());
    }

    void pause() throws Exception {
        order(Mill.PAUSE);
        assertThat(signs.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(Mill.PAUSED);
    }

    void goOn() throws IOException {
        order(Mill.GO_ON);
    }

    private void order(String order) throws IOException {
        process.getOutputStream().write((order + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Sends a signal, and waits until the process is as the signal says. */
    void signal(String name) throws Exception {
        Signals.send(name, process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
