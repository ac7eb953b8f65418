// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import io.gantry.engine.Engine;
import io.gantry.engine.PipelineBook;
import io.gantry.engine.RunBook;
import io.gantry.engine.RunWorker;
import io.gantry.engine.TenantWorkspace;
import io.gantry.local.InMemoryDocumentStore;
import io.gantry.local.LocalFileStore;
import io.gantry.local.LocalRunEngine;
import io.gantry.run.RunListener;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.file.FileStore;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.run.RunEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
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
import java.util.function.Function;
import java.util.function.Supplier;
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

    private final Engine engine;
    private final RunWorker worker;
    private final @Nullable Path temporary;

    private Gantry(Engine engine, @Nullable Path temporary) {
        this.engine = engine;
        this.temporary = temporary;
        this.worker = new RunWorker(engine);
        engine.documents().open(List.of(PipelineBook.KIND, PipelineBook.CODES, RunBook.KIND));
        engine.runs().open(worker);
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

    /** Takes no more runs, ends those under way, and gives back what it holds. */
    @Override
    public void close() {
        engine.runs().close();
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

        private final Map<String, Dataset> shared = new LinkedHashMap<>();
        private final Map<String, RecordFormat> formats = new TreeMap<>();
        private final List<RunListener> listeners = new ArrayList<>();
        private Function<String, Collection<? extends Dataset>> ofTenant = tenant -> List.of();
        private @Nullable DocumentStore documents;
        private @Nullable FileStore files;
        private @Nullable RunEngine runs;
        private Clock clock = Clock.systemUTC();
        private Supplier<String> ids = () -> UUID.randomUUID().toString();

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
         * Makes the engine.
         *
         * @return ready to use
         * @throws UncheckedIOException when no temporary folder can be made
         */
        public Gantry build() {
            Path temporary = null;
            FileStore store = files;
            try {
                if (store == null) {
                    temporary = Files.createTempDirectory("gantry");
                    store = new LocalFileStore(temporary, clock);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("No temporary folder can be made", e);
            }
            Map<String, Dataset> all = Map.copyOf(shared);
            Function<String, Collection<? extends Dataset>> own = ofTenant;
            Engine engine = new Engine(
                    Objects.requireNonNullElseGet(documents, InMemoryDocumentStore::new),
                    store,
                    Objects.requireNonNullElseGet(runs, () -> new LocalRunEngine(SLOTS)),
                    Map.copyOf(formats),
                    (tenant, name) -> own.apply(tenant).stream()
                            .filter(dataset -> dataset.name().equals(name))
                            .<Dataset>map(dataset -> dataset)
                            .findFirst()
                            .or(() -> Optional.ofNullable(all.get(name))),
                    tenant -> java.util.stream.Stream.concat(
                                    own.apply(tenant).stream().map(Dataset::name), all.keySet().stream())
                            .distinct()
                            .sorted()
                            .toList(),
                    clock,
                    ids,
                    List.copyOf(listeners));
            return new Gantry(engine, temporary);
        }
    }
}
