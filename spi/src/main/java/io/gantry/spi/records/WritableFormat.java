// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.schema.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A format that can be written. */
public interface WritableFormat extends RecordFormat {

    /**
     * The media type of the files it writes.
     *
     * @return such as {@code text/csv}
     */
    String mediaType();

    /**
     * Begins a file.
     *
     * @param out where to write; closed by the writer
     * @param columns the header: names as the file shall show them, with the types of the values
     * @param options checked before
     * @return to be closed by the caller
     * @throws IOException when it cannot be written
     */
    RecordWriter writer(OutputStream out, List<Field> columns, FormatOptions options) throws IOException;
}
