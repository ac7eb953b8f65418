// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import java.util.Set;

/**
 * A kind of file that holds records, such as CSV. A format implements an interface for each thing it can do: its files can be
 * read as text ({@link TextReadableFormat}) or as typed rows ({@link RowReadableFormat}), written ({@link WritableFormat}), their
 * options detected ({@link DetectingFormat}), and their records copied ({@link CopyingFormat}). A format that can only be written
 * implements just that.
 *
 * <p>Found by {@link java.util.ServiceLoader} or handed to the engine's builder. Implementations have no state and are
 * safe for use by several threads.
 */
public interface RecordFormat {

    /**
     * The name that definitions use.
     *
     * @return lower case, such as {@code csv}
     */
    String name();

    /**
     * The names of the options it understands when reading or writing.
     *
     * @return unmodifiable; a definition with any other option is refused
     */
    Set<String> optionNames();

    /**
     * Checks the options of a definition.
     *
     * @param options names are known to be among {@link #optionNames}
     * @throws io.gantry.spi.ProviderException with code {@code INVALID_OPTION} for the first that makes no sense, naming
     *     it, its value and what would be right
     */
    void check(FormatOptions options);
}
