// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.nio.file.Path;
import java.util.List;

/**
 * The outcome of an export. The files belong to the caller; {@link #close()} deletes them if they are temporary.
 *
 * @param job the job's last document
 * @param files the downloaded files, in the order of the document; at least one
 * @param directory where the files are: the directory of the request, or a new temporary one
 * @param temporary whether the directory was made for this result, as the request named none
 */
public record ExportResult(ExportJob job, List<ExportedFile> files, Path directory, boolean temporary)
        implements AutoCloseable {

    /**
     * Deletes the files and their directory if the directory is temporary; otherwise does nothing. A file that was moved
     * away stays where it is. What cannot be deleted is logged.
     */
    @Override
    public void close() {
        if (temporary) {
            files.forEach(file -> Downloads.discard(file.path()));
            Downloads.discard(directory);
        }
    }
}
