// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.schema.Schema;
import java.io.IOException;
import java.util.List;

/** A format whose files know their schema and are read as typed rows, without a detour through text: Parquet, for example. */
public interface RowReadableFormat extends RecordFormat {

    /**
     * Reads the schema of a file.
     *
     * @param file what to look at; stays the caller's
     * @param options checked before
     * @param limits what the file may cost
     * @return its fields, in the order of the file
     * @throws IOException when the file cannot be read
     * @throws io.gantry.spi.ProviderException when it is not of this format, or goes beyond a limit
     */
    Schema schema(FileContent file, FormatOptions options, Limits limits) throws IOException;

    /**
     * Opens a file for reading from its first row.
     *
     * @param file what to read; stays the caller's
     * @param fields names of the fields to read, in the wanted order; all are in the file's {@link #schema}
     * @param options checked before
     * @param limits what the file may cost
     * @return to be closed by the caller
     * @throws IOException when the file cannot be read
     * @throws io.gantry.spi.ProviderException when it is not of this format, or goes beyond a limit
     */
    RowReader rows(FileContent file, List<String> fields, FormatOptions options, Limits limits) throws IOException;
}
