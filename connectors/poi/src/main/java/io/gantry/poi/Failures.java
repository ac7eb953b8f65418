// SPDX-License-Identifier: Apache-2.0
package io.gantry.poi;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways in which a workbook fails to be opened. */
final class Failures {

    private Failures() {}

    static ProviderException encrypted(String file, Password password) {
        String why = password.name().isEmpty()
                ? "is encrypted; name its password in the option 'passwordName'"
                : password.isKnown()
                        ? "is encrypted, and the password named '" + password.name() + "' does not open it"
                        : "is encrypted, and the application knows no password named '" + password.name() + "'";
        return new ProviderException(
                "FILE_ENCRYPTED",
                FailureKind.DATA,
                "'" + file + "' " + why,
                Map.of("file", file, "passwordName", password.name()),
                null);
    }

    static ProviderException old(String file) {
        return new ProviderException(
                "FORMAT_UNSUPPORTED",
                FailureKind.DATA,
                "'" + file
                        + "' is a workbook of Excel 95 or older (.xls); open it in a spreadsheet program and save it as"
                        + " .xlsx",
                Map.of("file", file, "format", ".xls"),
                null);
    }

    static ProviderException broken(String file, String what, @Nullable Throwable cause) {
        return new ProviderException(
                "FILE_UNREADABLE",
                FailureKind.DATA,
                "'" + file + "' is broken: " + what + "; open it in a spreadsheet program and save it again as .xlsx",
                Map.of("file", file),
                cause);
    }

    static ProviderException limit(String file, String limit, long value) {
        return new ProviderException(
                "LIMIT_EXCEEDED",
                FailureKind.DATA,
                "'" + file + "' goes beyond the limit '" + limit + "' of " + value
                        + "; make the file smaller or raise the limit",
                Map.of("file", file, "limit", limit, "value", value),
                null);
    }
}
