// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.GantryException;
import io.gantry.engine.FileDocument.Use;
import io.gantry.spi.document.Document;
import io.gantry.spi.file.FileStore;
import io.gantry.spi.file.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one attempt of a run: those it stores, and those that the attempts before it have left in the run's document.
 * Whatever the run's document does not name any more is out of everybody's reach, and is deleted.
 *
 * <p>A worker that is killed between storing a file and the commit that names it leaves the file: nobody knows of it.
 */
final class AttemptFiles implements FileStore {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptFiles.class);

    private final Engine engine;
    private final String tenant;
    private final String run;
    private final Set<String> refs = ConcurrentHashMap.newKeySet();
    private final Map<String, StoredFile> stored = new ConcurrentHashMap<>();

    /**
     * Begins with the files of earlier attempts.
     *
     * @param state the run as it was when the attempt began
     */
    AttemptFiles(Engine engine, String tenant, RunState state) {
        this.engine = engine;
        this.tenant = tenant;
        this.run = state.id();
        refs.addAll(RunState.Result.refs(state.result()));
    }

    @Override
    public PendingFile create(String owner, String name) throws IOException {
        PendingFile pending = engine.files().create(owner, name);
        return new PendingFile() {
            @Override
            public OutputStream out() {
                return pending.out();
            }

            @Override
            public StoredFile commit() throws IOException {
                StoredFile file = pending.commit();
                refs.add(file.ref());
                stored.put(file.ref(), file);
                return file;
            }

            @Override
            public void close() throws IOException {
                pending.close();
            }
        };
    }

    @Override
    public Optional<StoredFile> find(String owner, String ref) throws IOException {
        return engine.files().find(owner, ref);
    }

    @Override
    public boolean delete(String owner, String ref) throws IOException {
        return engine.files().delete(owner, ref);
    }

    /** The documents of the files that a result names. */
    List<Document> documents(RunState.Result result, boolean loads) {
        List<Document> documents = new ArrayList<>();
        Use report = loads ? Use.IMPORT_REPORT : Use.EXPORT_REPORT;
        document(result.report(), report).ifPresent(documents::add);
        document(result.rejects(), Use.REJECTS).ifPresent(documents::add);
        document(result.rejectedRows(), Use.REJECTED_ROWS).ifPresent(documents::add);
        document(result.output(), Use.OUTPUT).ifPresent(documents::add);
        return documents;
    }

    private Optional<Document> document(@Nullable String ref, Use use) {
        if (ref == null) {
            return Optional.empty();
        }
        StoredFile file = stored.get(ref);
        try {
            return Optional.ofNullable(file)
                    .or(() -> earlier(ref))
                    .map(found -> FileDocument.of(found, use, run).document(tenant));
        } catch (UncheckedIOException e) {
            LOG.debug("A file of an earlier attempt could not be looked up: ref={}", ref, e);
            return Optional.empty();
        }
    }

    private Optional<StoredFile> earlier(String ref) {
        try {
            return engine.files().find(tenant, ref);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes all files but those that the run's document, which was just committed, names. */
    void keepOnly(RunState.@Nullable Result result) {
        Set<String> named = RunState.Result.refs(result);
        for (String ref : refs) {
            if (!named.contains(ref)) {
                try {
                    engine.files().delete(tenant, ref);
                    refs.remove(ref);
                } catch (IOException e) {
                    LOG.debug("A file that no run names could not be deleted: ref={}", ref, e);
                }
            }
        }
    }

    /** Deletes the files that the run's document does not name, whoever has the run now. */
    void keepNamed() {
        try {
            keepOnly(RunBook.state(engine, tenant, run).result());
        } catch (GantryException e) {
            LOG.debug("The files of an attempt could not be looked through: run={}", run, e);
        }
    }
}
