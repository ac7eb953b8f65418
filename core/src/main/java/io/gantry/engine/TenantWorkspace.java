// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.audit.AuditLog;
import io.gantry.mapping.MappingProposal;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.Pipelines;
import io.gantry.run.Runs;
import io.gantry.run.loop.Proposer;
import io.gantry.settings.Settings;
import io.gantry.spi.ProviderException;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The view of one principal.
 *
 * @param engine what the engine is made of
 * @param worker carries out runs
 * @param principal who it is for
 */
public record TenantWorkspace(Engine engine, RunWorker worker, Principal principal) implements Workspace {

    @Override
    public Pipelines pipelines() {
        return new PipelineBook(engine, principal);
    }

    @Override
    public Runs runs() {
        return new RunBook(engine, worker, principal);
    }

    @Override
    public AuditLog audit() {
        return new AuditBook(engine, principal);
    }

    @Override
    public Settings settings() {
        return new SettingsBook(engine, principal);
    }

    @Override
    public List<String> datasets() {
        principal.require(Permission.PIPELINES_VIEW);
        return engine.datasetNames().apply(principal.tenant());
    }

    @Override
    public Schema schema(String dataset) {
        principal.require(Permission.PIPELINES_VIEW);
        return Providers.call(() -> engine.dataset(principal.tenant(), dataset).schema());
    }

    @Override
    public MappingProposal proposeMapping(String dataset, FileFormat format, String fileRef) {
        Schema schema = schema(dataset);
        StoredFile file = found(fileRef)
                .orElseThrow(() ->
                        new GantryException(ErrorCode.FILE_NOT_FOUND, "There is no file with ref '" + fileRef + "'"));
        try {
            return Proposer.propose(file, engine.format(format.name()), format, schema);
        } catch (ProviderException e) {
            throw GantryException.of(e);
        } catch (IOException e) {
            throw new GantryException(ErrorCode.STORAGE_FAILED, "The file could not be read", Map.of(), e);
        }
    }

    @Override
    public StoredFile store(String name, InputStream content) {
        principal.require(Permission.IMPORTS_RUN);
        try {
            StoredFile file = Uploads.store(engine, principal.tenant(), name, content);
            engine.journal()
                    .commit(
                            principal.tenant(),
                            draft -> draft.insert(FileDocument.of(file, FileDocument.Use.UPLOAD, null)
                                    .document(principal.tenant())));
            return file;
        } catch (IOException e) {
            throw Uploads.failed(e);
        }
    }

    @Override
    public Optional<StoredFile> file(String ref) {
        return found(ref).map(file -> new HandedOut(engine, principal, "file:" + file.ref(), file));
    }

    private Optional<StoredFile> found(String ref) {
        if (!principal.may(Permission.EXPORTS_DOWNLOAD) && !principal.may(Permission.EXPORTS_VIEW)) {
            principal.require(Permission.IMPORTS_VIEW); // before it is told whether the file is there
        }
        Optional<StoredFile> found;
        try {
            found = engine.files().find(principal.tenant(), ref);
        } catch (IOException e) {
            throw new GantryException(ErrorCode.STORAGE_FAILED, "A stored file could not be read", Map.of(), e);
        }
        if (found.isPresent()) {
            Providers.call(() -> {
                FileDocument.requireReading(engine, principal, ref);
                return ref;
            });
        }
        return found;
    }
}
