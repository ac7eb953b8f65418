// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.Gantry;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.LocalFileStore;
import io.gantry.run.CrashPoint;
import io.gantry.run.RunRequest;
import io.gantry.run.RunSettings;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.Limits;
import io.gantry.testkit.ManualPulse;
import io.gantry.testkit.ManualRunEngine;
import io.gantry.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An engine on the databases of a dump, which does nothing by itself.
 *
 * @param gantry the engine
 * @param store its databases
 * @param runs carries out runs when it is told to
 * @param clock stands still until it is moved
 */
record GoldenEngine(Gantry gantry, GoldenStore store, ManualRunEngine runs, SettableClock clock)
        implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(30);
    static final List<String> TENANTS = List.of("acme", "beta");

    private static final RunSettings SETTINGS = new RunSettings(Limits.DEFAULT, 64, 1);

    /**
     * Opens an engine.
     *
     * @param ids what the ids it makes begin with
     */
    static GoldenEngine open(
            GoldenStore store, Path files, SettableClock clock, String ids, Consumer<CrashPoint> crashPoints)
            throws IOException {
        AtomicInteger numbers = new AtomicInteger();
        ManualRunEngine runs = new ManualRunEngine(2);
        Gantry.Builder builder = Gantry.builder()
                .documents(store.store().get())
                .files(LocalFileStore.temporary(files, clock))
                .clock(clock)
                .ids(() -> ids + "-" + (1_000 + numbers.incrementAndGet()))
                .lease(LEASE)
                .shutdownGrace(Duration.ZERO)
                .pulse(new ManualPulse())
                .crashPoints(crashPoints)
                .runs(runs);
        GoldenTables.open(store.tables()).forEach(builder::dataset);
        return new GoldenEngine(builder.build(), store, runs, clock);
    }

    /** What someone sees; of all people only one administers pipelines. */
    Workspace as(String tenant, String name) {
        Set<Permission> permissions = EnumSet.allOf(Permission.class);
        if (!name.equals("dora")) {
            permissions.remove(Permission.PIPELINES_ADMIN);
        }
        return gantry.workspace(new Principal(tenant, name, permissions));
    }

    /** A run of an import with a file of lines. */
    static RunRequest load(String pipeline, String... lines) {
        return RunRequest.of(pipeline, new Lines(pipeline + ".csv", String.join("\n", lines) + "\n"))
                .settings(SETTINGS);
    }

    /** A run of an import with a file that is stored. */
    static RunRequest stored(String pipeline, String ref) {
        return RunRequest.ofStored(pipeline, ref).settings(SETTINGS);
    }

    static RunRequest export(String pipeline) {
        return RunRequest.of(pipeline).settings(SETTINGS);
    }

    @Override
    public void close() {
        gantry.close();
    }

    private record Lines(String name, String text) implements FileContent {
        @Override
        public long length() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
