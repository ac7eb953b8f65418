// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import io.gantry.spi.FailureKind;

/**
 * The codes with which the engine fails. A code is never given another meaning. Providers have codes of their own, see
 * {@link GantryException#code()}; the codes of bad rows are {@link io.gantry.validation.IssueCode}.
 */
public enum ErrorCode {
    /** A definition or command has faults; the details list all of them. */
    INVALID_DEFINITION(FailureKind.DATA),
    /** An option of a file format makes no sense. */
    INVALID_OPTION(FailureKind.DATA),
    /** No pipeline of this tenant has the id or code. */
    PIPELINE_NOT_FOUND(FailureKind.DATA),
    /** The tenant has another pipeline with the code. */
    PIPELINE_EXISTS(FailureKind.DENIED),
    /** The pipeline has no such version. */
    VERSION_NOT_FOUND(FailureKind.DATA),
    /** The principal lacks a permission, or is the wrong person for it. */
    PERMISSION_DENIED(FailureKind.DENIED),
    /** The content of a version is not what was approved. */
    APPROVAL_STALE(FailureKind.DENIED),
    /** The status of the pipeline does not permit the run. */
    PIPELINE_NOT_RUNNABLE(FailureKind.DENIED),
    /** Another run of the pipeline is not over. */
    PIPELINE_ALREADY_RUNNING(FailureKind.DENIED),
    /** The pipeline has loaded the same file before. */
    FILE_LOADED_BEFORE(FailureKind.DENIED),
    /** The idempotency key belongs to another request. */
    IDEMPOTENCY_KEY_REUSED(FailureKind.DATA),
    /** No run of this tenant has the id. */
    RUN_NOT_FOUND(FailureKind.DATA),
    /** No file of this tenant has the ref. */
    FILE_NOT_FOUND(FailureKind.DATA),
    /** No dataset of this tenant has the name. */
    DATASET_NOT_FOUND(FailureKind.DATA),
    /** The dataset cannot do what is asked of it. */
    DATASET_UNFIT(FailureKind.DATA),
    /** No such file format is known. */
    FORMAT_NOT_FOUND(FailureKind.DATA),
    /** A file is not what its format says, or is broken. */
    FILE_UNREADABLE(FailureKind.DATA),
    /** A file is protected by a password. */
    FILE_ENCRYPTED(FailureKind.DATA),
    /** A file is of a format that is known but not read. */
    FORMAT_UNSUPPORTED(FailureKind.DATA),
    /** A file is of another format than its pipeline says, such as a workbook or JSON named .csv. */
    WRONG_FORMAT(FailureKind.DATA),
    /** The encoding of a file cannot be told for sure; the details name the candidates, each with a line as it would be. */
    ENCODING_UNSURE(FailureKind.DATA),
    /** A file's byte order mark says another encoding than the option. */
    ENCODING_CONTRADICTED(FailureKind.DATA),
    /** A quoted cell is never closed. */
    QUOTE_UNCLOSED(FailureKind.DATA),
    /** A file ends behind an escape character. */
    ESCAPE_UNFINISHED(FailureKind.DATA),
    /** A column that the mapping reads by name is in the header more than once. */
    DUPLICATE_HEADER(FailureKind.DATA),
    /** A file goes beyond a limit. */
    LIMIT_EXCEEDED(FailureKind.DATA),
    /** A file has no record that could be its header. */
    HEADER_MISSING(FailureKind.DATA),
    /** The columns of a file are not what the mapping expects, and its policy is to fail. */
    SCHEMA_DRIFT(FailureKind.DATA),
    /** More rows were rejected than the mapping allows: nothing was loaded. */
    TOO_MANY_REJECTED(FailureKind.DATA),
    /** A file that corrects a run does not belong to it. */
    CORRECTION_MISMATCH(FailureKind.DATA),
    /** A plan no longer holds: the file, the pipeline or the dataset has moved. */
    PLAN_STALE(FailureKind.DENIED),
    /** The state of things does not allow it; the message names the state and what it allows. */
    ILLEGAL_STATE(FailureKind.DENIED),
    /** Someone else changed the same thing at the same time. */
    REVISION_CONFLICT(FailureKind.DENIED),
    /** Rows were changed since by someone else, and the rollback was told to refuse then. */
    ROLLBACK_REFUSED(FailureKind.DENIED),
    /** What it takes to undo the run is no longer kept. */
    UNDO_EXPIRED(FailureKind.DENIED),
    /** Another worker has taken the run over: this one may no longer write. */
    FENCED(FailureKind.DENIED),
    /** The dataset has a load of the run already. */
    ALREADY_APPLIED(FailureKind.DENIED),
    /** The run was never applied to the dataset. */
    NOTHING_TO_ROLL_BACK(FailureKind.DATA),
    /** The engine takes no more runs. */
    ENGINE_CLOSED(FailureKind.TRANSIENT),
    /** The worker that carried out the run was lost, as often as the engine tries. */
    WORKER_LOST(FailureKind.TRANSIENT),
    /** Waiting ended before the run did; the run goes on. */
    WAIT_TIMED_OUT(FailureKind.TRANSIENT),
    /** The run took longer than its tenant's settings permit. */
    RUN_TIMED_OUT(FailureKind.DENIED),
    /** The run was cancelled. */
    CANCELLED(FailureKind.DENIED),
    /** Reading or writing a file or a store failed. */
    STORAGE_FAILED(FailureKind.TRANSIENT),
    /** It cannot be told whether the load became part of the dataset. */
    OUTCOME_UNKNOWN(FailureKind.UNKNOWN_OUTCOME),
    /** A defect in the engine or in a provider. */
    INTERNAL(FailureKind.INTERNAL);

    private final FailureKind kind;

    ErrorCode(FailureKind kind) {
        this.kind = kind;
    }

    /**
     * What a caller should make of it.
     *
     * @return the kind of all failures with this code
     */
    public FailureKind kind() {
        return kind;
    }
}
