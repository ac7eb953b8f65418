// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.file.FileContent;
import java.io.IOException;
import java.util.List;

/** A format that can find out its own options by looking at a file. */
public interface DetectingFormat extends TextReadableFormat {

    /**
     * Looks at the beginning of a file.
     *
     * @param file what to look at
     * @param given options that are certain: they are kept, and the rest is found out under them
     * @param limits what the file may cost
     * @return what was found, with its evidence
     * @throws IOException when the file cannot be read
     * @throws io.gantry.spi.ProviderException when it is not of this format
     */
    Detection detect(FileContent file, FormatOptions given, Limits limits) throws IOException;

    /**
     * What a look at a file told.
     *
     * @param options the given ones and those found
     * @param headerRow the record that seems to hold the names of the columns, from 1; 0 when none does
     * @param evidence why, one entry for each option found
     * @param warnings what a person should know before trusting what was found
     */
    record Detection(FormatOptions options, int headerRow, List<Evidence> evidence, List<FileWarning> warnings) {
        public Detection {
            evidence = List.copyOf(evidence);
            warnings = List.copyOf(warnings);
        }

        /**
         * A detection without warnings.
         *
         * @param options the given ones and those found
         * @param headerRow the record that seems to hold the names of the columns, from 1; 0 when none does
         * @param evidence why, one entry for each option found
         */
        public Detection(FormatOptions options, int headerRow, List<Evidence> evidence) {
            this(options, headerRow, evidence, List.of());
        }
    }

    /**
     * Why an option was chosen.
     *
     * @param option its name, or {@code headerRow}
     * @param value what was chosen
     * @param confidence 0 to 1
     * @param reason for people: what was seen
     */
    record Evidence(String option, String value, double confidence, String reason) {}
}
