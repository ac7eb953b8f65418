// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways in which a workbook fails to be read or written. */
final class Failures {

    private Failures() {}

    /** A file that is no workbook at all. */
    static ProviderException notAWorkbook(String file, String looks, String remedy) {
        return new ProviderException(
                "FILE_UNREADABLE",
                FailureKind.DATA,
                "'" + file + "' is not an .xlsx workbook: it " + looks + "; " + remedy,
                Map.of("file", file, "looks", looks),
                null);
    }

    /**
     * A workbook that is broken.
     *
     * @param where the part, or the sheet and row
     */
    static ProviderException broken(String file, String where, String what, @Nullable Throwable cause) {
        return new ProviderException(
                "FILE_UNREADABLE",
                FailureKind.DATA,
                "'" + file + "' is broken at " + where + ": " + what
                        + "; open it in a spreadsheet program and save it again as .xlsx",
                Map.of("file", file, "where", where),
                cause);
    }

    /**
     * A workbook that goes beyond a limit of the run.
     *
     * @param where the part, or the sheet and row
     * @param limit a component of {@link io.gantry.spi.records.Limits}
     */
    static ProviderException limit(String file, String where, String limit, long value) {
        return new ProviderException(
                "LIMIT_EXCEEDED",
                FailureKind.DATA,
                "'" + file + "' goes beyond the limit '" + limit + "' of " + value + " at " + where
                        + "; make the file smaller or raise the limit",
                Map.of("file", file, "where", where, "limit", limit, "value", value),
                null);
    }
}
