// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;

/** A failure of a local file during a transfer, as opposed to a failure of the network. */
final class LocalFileException extends IOException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    LocalFileException(ErrorCode code, String message, IOException cause) {
        super(message, cause);
        this.code = code;
    }

    ImpexException failure(Operation operation) {
        return new ImpexException(code, String.valueOf(getMessage()), operation.facts(), getCause());
    }
}
