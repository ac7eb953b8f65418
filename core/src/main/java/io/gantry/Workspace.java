// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import io.gantry.audit.AuditLog;
import io.gantry.mapping.MappingProposal;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.Pipelines;
import io.gantry.run.Runs;
import io.gantry.settings.Settings;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.schema.Schema;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** All that one principal sees: the things of one tenant. Safe for use by several threads. */
public interface Workspace {

    /**
     * Who it was opened for.
     *
     * @return the principal
     */
    Principal principal();

    /**
     * The tenant's pipelines.
     *
     * @return to make, find and change them
     */
    Pipelines pipelines();

    /**
     * The tenant's runs.
     *
     * @return to submit and find them
     */
    Runs runs();

    /**
     * The tenant's audit log.
     *
     * @return to find events, and to verify that none was tampered with
     */
    AuditLog audit();

    /**
     * The tenant's settings.
     *
     * @return to see and change them
     */
    Settings settings();

    /**
     * The names of the tenant's datasets.
     *
     * @return in order
     */
    List<String> datasets();

    /**
     * The shape of a dataset.
     *
     * @param dataset its name
     * @return as it is now
     * @throws GantryException {@code DATASET_NOT_FOUND} when this tenant has none
     */
    Schema schema(String dataset);

    /**
     * Proposes a mapping from a sample file: columns and fields with like names, and how their cells are read.
     *
     * @param dataset to load
     * @param format of the file
     * @param fileRef of a file that was stored
     * @return a proposal for a person to look over
     * @throws GantryException {@code DATASET_NOT_FOUND}, {@code FILE_NOT_FOUND}, {@code FORMAT_NOT_FOUND}, or what is wrong
     *     with the file
     */
    MappingProposal proposeMapping(String dataset, FileFormat format, String fileRef);

    /**
     * Stores a file, for runs to come.
     *
     * @param name for people
     * @param content read to its end, not closed
     * @return the file
     * @throws GantryException {@code STORAGE_FAILED} when it cannot be read or stored
     */
    StoredFile store(String name, InputStream content);

    /**
     * Finds a file.
     *
     * @param ref any text
     * @return the file, when this tenant has it
     */
    Optional<StoredFile> file(String ref);
}
