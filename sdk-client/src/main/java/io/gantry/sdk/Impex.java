// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Exports and imports services, from the request to the result.
 *
 * <p>A time-out, an interrupt or a cancelled future ends a call early but leaves the job on the server alone. The job can
 * be resumed by its id.
 */
public final class Impex {
    private final Wiring wiring;
    private final Exports exports;
    private final Imports imports;

    Impex(Wiring wiring) {
        this.wiring = wiring;
        this.exports = new Exports(wiring);
        this.imports = new Imports(wiring);
    }

    /**
     * Exports services: starts a job, waits for its end and downloads its files.
     *
     * @param request the services to export, or the job to resume
     * @return the files
     * @throws JobFailedException if the job ended with errors, was cancelled or has no files
     * @throws WaitTimeoutException if the deadline or the number of status checks is reached; the job goes on
     * @throws ImpexException for every other failure, see {@link ErrorCode}; an interrupt among them, which also keeps
     *     the thread's interrupt flag set
     */
    public ExportResult exp(ExportRequest request) {
        return wiring.calls().block(wiring.operation(request.options()), call -> exports.run(call, request));
    }

    /**
     * Does the same as {@link #exp} without blocking.
     *
     * @param request the services to export, or the job to resume
     * @return the files, or the exception that {@link #exp} would throw; cancelling the future ends waiting and transfers, but
     *     not the job
     */
    public CompletableFuture<ExportResult> expAsync(ExportRequest request) {
        return wiring.calls().start(wiring.operation(request.options()), call -> exports.run(call, request));
    }

    /**
     * Imports services: uploads a package and waits for the end of the import job.
     *
     * @param request the package to import, or the job to resume
     * @return the outcome of the import
     * @throws JobFailedException if the job ended with errors or was cancelled
     * @throws WaitTimeoutException if the deadline or the number of status checks is reached; the job goes on
     * @throws ImpexException for every other failure, see {@link ErrorCode}; an interrupt among them, which also keeps
     *     the thread's interrupt flag set
     */
    public ImportJob imp(ImportRequest request) {
        return wiring.calls().block(wiring.operation(request), call -> imports.run(call, request));
    }

    /**
     * Does the same as {@link #imp} without blocking.
     *
     * @param request the package to import, or the job to resume
     * @return the outcome of the import, or the exception that {@link #imp} would throw; cancelling the future ends waiting
     *     and transfers, but not the job
     */
    public CompletableFuture<ImportJob> impAsync(ImportRequest request) {
        return wiring.calls().start(wiring.operation(request), call -> imports.run(call, request));
    }

    /**
     * Copies services from this client's tenant to another one: exports them, then imports every file of the export to the
     * same URIs, as {@link IfPresent#ADD_VERSION} with minor upgrades.
     *
     * @param export what to copy, for {@link FileFilter#MIGRATE}; its files are deleted again unless it names a directory
     * @param target a client of the tenant to copy to
     * @return the last documents of the import jobs, one for each file of the export
     * @throws ImpexException as {@link #exp} and {@link #imp} throw it; when an import fails, earlier ones stay in place
     */
    public List<ImportJob> migrate(ExportRequest export, ImpexClient target) {
        return migrate(export, target, ImportRequest.create());
    }

    /**
     * Copies services from this client's tenant to another one.
     *
     * @param export what to copy, for {@link FileFilter#MIGRATE}; its files are deleted again unless it names a directory
     * @param target a client of the tenant to copy to
     * @param how the imports' settings, without a file; without a destination, every exported service keeps its URI
     * @return the last documents of the import jobs, one for each file of the export
     * @throws ImpexException as {@link #exp} and {@link #imp} throw it; when an import fails, earlier ones stay in place
     */
    public List<ImportJob> migrate(ExportRequest export, ImpexClient target, ImportRequest how) {
        how.checkTemplate();
        if (!export.isForMigration()) {
            throw new ImpexException(
                    ErrorCode.INVALID_REQUEST, "only what is exported for MIGRATE can be imported; change fileFilter");
        }
        try (ExportResult exported = exp(export)) {
            ImportRequest request = how.orDestination(exported.job());
            List<ImportJob> imported = new ArrayList<>();
            for (ExportedFile file : exported.files()) {
                imported.add(target.impex().imp(request.file(file.path())));
            }
            return List.copyOf(imported);
        }
    }

    /** {@return the single steps of an export} */
    public Exports exports() {
        return exports;
    }

    /** {@return the single steps of an import} */
    public Imports imports() {
        return imports;
    }
}
