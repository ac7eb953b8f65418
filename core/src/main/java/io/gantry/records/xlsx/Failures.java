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

    /** A workbook that is protected by a password. */
    static ProviderException encrypted(String file) {
        return new ProviderException(
                "FILE_ENCRYPTED",
                FailureKind.DATA,
                "'" + file + "' is encrypted: save it without a password, or add the module gantry-poi and read it with"
                        + " the format 'excel'",
                Map.of("file", file, "module", "gantry-poi"),
                null);
    }

    /**
     * A table of another format.
     *
     * @param format how its files end, such as {@code .ods}
     * @param what it is, for people
     * @param module the module that reads it; empty when none does
     */
    static ProviderException unsupported(String file, String format, String what, String module) {
        return new ProviderException(
                "FORMAT_UNSUPPORTED",
                FailureKind.DATA,
                "'" + file + "' is not an .xlsx workbook: it is " + what + " (" + format + "); "
                        + (module.isEmpty()
                                ? ""
                                : "add the module " + module + " and read it with the format 'excel', or ")
                        + "open it in the program it came from and save it as .xlsx",
                module.isEmpty()
                        ? Map.of("file", file, "format", format)
                        : Map.of("file", file, "format", format, "module", module),
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
