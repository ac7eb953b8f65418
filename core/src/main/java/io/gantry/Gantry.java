// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import io.gantry.engine.Engine;
import io.gantry.engine.EngineDocuments;
import io.gantry.engine.Journal;
import io.gantry.engine.RunWorker;
import io.gantry.engine.TenantWorkspace;
import io.gantry.engine.TimerPulse;
import io.gantry.local.InMemoryDocumentStore;
import io.gantry.local.LocalFileStore;
import io.gantry.local.LocalRunEngine;
import io.gantry.run.CrashPoint;
import io.gantry.run.RunListener;
import io.gantry.settings.TenantSettings;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.file.FileStore;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.run.Pulse;
import io.gantry.spi.run.RunEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine: built once by an application, safe for use by several threads, closed at its end.
 *
 * <pre>{@code
 * try (Gantry gantry = Gantry.builder().dataset(students).build()) {
 *     Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
 *     ...
 * }
 * }</pre>
 *
 * <p>Without further providers it keeps pipelines and runs in memory, files in a temporary folder that is deleted when it is
 * closed, and carries out two runs at a time.
 */
public final class Gantry implements AutoCloseable {

    /** How long runs that were asked to stop may take to do so, before their threads are interrupted. */
    private static final Duration STOPPING = Duration.ofSeconds(2);

    private final Engine engine;
    private final RunWorker worker;
    private final Pulse.Beating pulse;
    private final Duration grace;
    private final @Nullable Path temporary;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Gantry(Engine engine, Pulse pulse, Duration grace, @Nullable Path temporary) {
        this.engine = engine;
        this.grace = grace;
        this.temporary = temporary;
        this.worker = new RunWorker(engine);
        engine.documents().open(Engine.KINDS);
        engine.runs().open(worker);
        this.pulse = pulse.begin(beats(engine.lease()), worker::beat);
        engine.runs().wake(); // for what an earlier process has left
    }

    /** Often enough that a lease outlives some lost beats, and that a stop asked for elsewhere is heard of within a second. */
    private static Duration beats(Duration lease) {
        Duration third = lease.dividedBy(3);
        Duration most = Duration.ofMillis(500);
        return third.compareTo(most) < 0 ? third : most;
    }

    /**
     * Begins an engine.
     *
     * @return nothing set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens what a principal sees: the only way in.
     *
     * @param principal who asks
     * @return the things of the principal's tenant
     */
    public Workspace workspace(Principal principal) {
        return new TenantWorkspace(engine, worker, principal);
    }

    /**
     * Begins no more runs, waits for those under way as long as the builder said, and gives the others back: they begin anew in
     * another process, or in a later one. What was loaded stays loaded, and nothing is half done. Closing twice does nothing
     * more.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        if (!engine.runs().drain(grace)) {
            worker.park();
            engine.runs().drain(STOPPING);
        }
        engine.runs().close();
        pulse.close();
        engine.documents().close();
        if (temporary != null) {
            deleteAll(temporary);
        }
    }

    private static void deleteAll(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder could not be deleted", e);
        }
    }

    /** An engine on its way. Used by one thread. */
    public static final class Builder {

        private static final int SLOTS = 2;
        private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);

        private final Map<String, Dataset> shared = new LinkedHashMap<>();
        private final Map<String, RecordFormat> formats = new TreeMap<>();
        private final List<RunListener> listeners = new ArrayList<>();
        private Function<String, Collection<? extends Dataset>> ofTenant = tenant -> List.of();
        private @Nullable DocumentStore documents;
        private @Nullable FileStore files;
        private @Nullable RunEngine runs;
        private Clock clock = Clock.systemUTC();
        private Supplier<String> ids = () -> UUID.randomUUID().toString();
        private TenantSettings defaults = TenantSettings.DEFAULT;
        private Duration lease = Duration.ofSeconds(30);
        private Duration grace = Duration.ofSeconds(10);
        private Pulse pulse = new TimerPulse();
        private Consumer<CrashPoint> crashPoints = point -> {};

        private Builder() {
            ServiceLoader.load(RecordFormat.class, Gantry.class.getClassLoader())
                    .forEach(format -> formats.put(format.name(), format));
        }

        /**
         * Adds a dataset that all tenants share.
         *
         * @param dataset under its own name
         * @return this
         */
        public Builder dataset(Dataset dataset) {
            if (shared.putIfAbsent(dataset.name(), dataset) != null) {
                throw new IllegalArgumentException("Two datasets are named '" + dataset.name() + "'");
            }
            return this;
        }

        /**
         * Adds the datasets that each tenant has for itself; they come before shared ones of the same name.
         *
         * @param datasets gives the datasets of a tenant; called often, so it should be quick
         * @return this
         */
        public Builder datasets(Function<String, Collection<? extends Dataset>> datasets) {
            this.ofTenant = datasets;
            return this;
        }

        /**
         * Adds a file format, in place of one of the same name.
         *
         * @param format beside those found by {@link ServiceLoader}
         * @return this
         */
        public Builder format(RecordFormat format) {
            formats.put(format.name(), format);
            return this;
        }

        /**
         * Says where pipelines, runs and all other state are kept.
         *
         * @param store closed with the engine
         * @return this
         */
        public Builder documents(DocumentStore store) {
            this.documents = store;
            return this;
        }

        /**
         * Says where files are kept.
         *
         * @param store stays the caller's
         * @return this
         */
        public Builder files(FileStore store) {
            this.files = store;
            return this;
        }

        /**
         * Says who carries out runs.
         *
         * @param engine closed with this engine
         * @return this
         */
        public Builder runs(RunEngine engine) {
            this.runs = engine;
            return this;
        }

        /**
         * Adds someone who is told how runs get on.
         *
         * @param listener called on the threads that carry out runs
         * @return this
         */
        public Builder listener(RunListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param clock the system's, unless set
         * @return this
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Sets what makes ids.
         *
         * @param ids gives a new id each time; random UUIDs, unless set
         * @return this
         */
        public Builder ids(Supplier<String> ids) {
            this.ids = ids;
            return this;
        }

        /**
         * Sets the settings of tenants that have changed none.
         *
         * @param defaults {@link TenantSettings#DEFAULT}, unless set
         * @return this
         */
        public Builder settings(TenantSettings defaults) {
            this.defaults = defaults;
            return this;
        }

        /**
         * Sets how long a worker that gives no sign of life keeps its run. It should be longer than a process may be held up,
         * and than the clocks of processes that share a document store may differ.
         *
         * @param lease 30 seconds, unless set; at least 100 milliseconds
         * @return this
         */
        public Builder lease(Duration lease) {
            if (lease.compareTo(SHORTEST_LEASE) < 0) {
                throw new IllegalArgumentException("A lease is at least " + SHORTEST_LEASE + ", not " + lease);
            }
            this.lease = lease;
            return this;
        }

        /**
         * Sets how long {@link Gantry#close} waits for runs under way.
         *
         * @param grace 10 seconds, unless set
         * @return this
         */
        public Builder shutdownGrace(Duration grace) {
            this.grace = grace;
            return this;
        }

        /**
         * Sets what has the engine show signs of life and look for work again and again.
         *
         * @param pulse a thread of the engine's own, unless set; its beats are half a second apart at most, and a third of the
         *     lease
         * @return this
         */
        public Builder pulse(Pulse pulse) {
            this.pulse = pulse;
            return this;
        }

        /**
         * Has someone told of each crash point, for tests.
         *
         * @param observer called on the thread that has come there
         * @return this
         */
        public Builder crashPoints(Consumer<CrashPoint> observer) {
            this.crashPoints = observer;
            return this;
        }

        /**
         * Makes the engine.
         *
         * @return ready to use
         * @throws UncheckedIOException when no temporary folder can be made
         * @throws GantryException when the document store cannot be opened
         */
        public Gantry build() {
            Path temporary = null;
            FileStore store = files;
            try {
                if (store == null) {
                    temporary = Files.createTempDirectory("gantry");
                    store = LocalFileStore.temporary(temporary, clock);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("No temporary folder can be made", e);
            }
            Map<String, Dataset> all = Map.copyOf(shared);
            Function<String, Collection<? extends Dataset>> own = ofTenant;
            DocumentStore state =
                    new EngineDocuments(Objects.requireNonNullElseGet(documents, InMemoryDocumentStore::new));
            Engine engine = new Engine(
                    state,
                    new Journal(state, clock),
                    store,
                    Objects.requireNonNullElseGet(runs, () -> new LocalRunEngine(SLOTS)),
                    Map.copyOf(formats),
                    (tenant, name) -> own.apply(tenant).stream()
                            .filter(dataset -> dataset.name().equals(name))
                            .<Dataset>map(dataset -> dataset)
                            .findFirst()
                            .or(() -> Optional.ofNullable(all.get(name))),
                    tenant -> Stream.concat(own.apply(tenant).stream().map(Dataset::name), all.keySet().stream())
                            .distinct()
                            .sorted()
                            .toList(),
                    clock,
                    ids,
                    List.copyOf(listeners),
                    defaults,
                    lease,
                    crashPoints);
            try {
                return new Gantry(engine, pulse, grace, temporary);
            } catch (GantryException e) {
                if (temporary != null) {
                    deleteAll(temporary);
                }
                throw e;
            }
        }
    }
}
