// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process of its own that does a deed and comes to a crash point, as its parent sees it. */
final class Victim implements AutoCloseable {

    static final String HERE = "HERE";
    static final int HALTED = 86;

    private static final long SECONDS = 60;

    private final Process process;
    private final BufferedReader says;

    private Victim(Process process) {
        this.process = process;
        says = process.inputReader();
    }

    /** What becomes of it at the point. */
    enum Fate {
        /** It is no more, from one instruction to the next. */
        HALT,
        /** It says that it is there, and waits for a byte. */
        PAUSE
    }

    static Victim start(Desk.Place place, Crash crash, Fate fate) throws IOException {
        return new Victim(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CrashVictim.class.getName(),
                        place.site().getClass().getName(),
                        place.stores(),
                        place.files().toString(),
                        crash.deed().name(),
                        crash.point().name(),
                        fate.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    void awaitDeath() throws Exception {
        hear(null);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                .as("the process ends")
                .isTrue();
        assertThat(process.exitValue()).as("how the process ended").isEqualTo(HALTED);
    }

    /** Waits until it is at its point, and freezes it there: no thread of it does anything. */
    void freeze() throws Exception {
        hear(HERE);
        signal("STOP");
    }

    /** Reads what it says until it says a word, or to the end; others in the process may print, too. */
    private void hear(@Nullable String word) throws IOException {
        List<String> heard = new ArrayList<>();
        String line = says.readLine();
        while (line != null && !line.equals(word)) {
            heard.add(line);
            line = says.readLine();
        }
        assertThat(line).as("what the process says after %s", heard).isEqualTo(word);
    }

    /** Has it go on, and waits for its end. */
    void thaw() throws Exception {
        signal("CONT");
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        hear(null);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                .as("the process ends")
                .isTrue();
        assertThat(process.exitValue()).as("how the process ended").isZero();
    }

    private void signal(String name) throws Exception {
        String pid = Long.toString(process.pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
        Eventually.holds(
                () -> isStopped(pid) == name.equals("STOP"), () -> "The process is not as after the signal " + name);
    }

    private static boolean isStopped(String pid) {
        try {
            Process look = new ProcessBuilder("ps", "-o", "state=", "-p", pid).start();
            return new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8).startsWith("T");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
