// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.LocalFileStore;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.file.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine over the stores of a site, in one process, for one stretch of time. */
final class Desk implements AutoCloseable {

    /** Longer than any crash takes to be tried: nobody waits for it to end, the next engine is just later by the clock. */
    static final Duration LEASE = Duration.ofMinutes(10);

    private final CrashSite.Opened opened;
    private final DocumentStore documents;
    private final Gantry gantry;
    private final Path files;

    private Desk(CrashSite.Opened opened, DocumentStore documents, Gantry gantry, Path files) {
        this.opened = opened;
        this.documents = documents;
        this.gantry = gantry;
        this.files = files;
    }

    /** Where a scene has its things. */
    record Place(CrashSite site, String stores, Path files) {}

    /**
     * Opens the stores and an engine.
     *
     * @param late how far the engine's clock is ahead
     * @param death of the engine; null when it lives
     */
    static Desk open(Place place, Duration late, @Nullable Death death, UnaryOperator<Gantry.Builder> more)
            throws IOException {
        Clock clock = Clock.offset(Clock.systemUTC(), late);
        CrashSite.Opened opened = place.site().open(place.stores());
        DocumentStore documents = opened.documents();
        FileStore files = LocalFileStore.temporary(place.files(), clock); // a process dies, not the machine
        Dataset dataset = opened.dataset();
        if (death != null) {
            documents = Mortal.of(DocumentStore.class, documents, death);
            files = Mortal.of(FileStore.class, files, death);
            dataset = Mortal.of(Dataset.class, dataset, death);
        }
        Gantry.Builder builder = Gantry.builder()
                .documents(documents)
                .files(files)
                .dataset(dataset)
                .clock(clock)
                .lease(LEASE)
                .shutdownGrace(death == null ? Duration.ofSeconds(10) : Duration.ZERO);
        return new Desk(opened, documents, more.apply(builder).build(), place.files());
    }

    static Desk open(Place place, Duration late) throws IOException {
        return open(place, late, null, builder -> builder);
    }

    CrashSite.Opened stores() {
        return opened;
    }

    Workspace workspace() {
        return gantry.workspace(Principal.owner("acme", "ada"));
    }

    /** How much work is not over. */
    long tickets() {
        return documents.count(DocumentQuery.of("*", "ticket"));
    }

    /** The files that no run names. Parts of files that were never stored are none: the store sweeps them. */
    List<String> orphans() throws IOException {
        String runs = documents.query(DocumentQuery.of("acme", "run")).documents().stream()
                .map(Document::body)
                .collect(Collectors.joining());
        try (Stream<Path> all = Files.walk(files)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(files.resolve("parts")))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !runs.contains('"' + name.replace(".txt", "") + '"'))
                    .toList();
        }
    }

    @Override
    public void close() {
        gantry.close();
        opened.close();
    }
}
