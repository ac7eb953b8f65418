// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

/**
 * The server answered with an HTTP status that is no success. {@link #code()} names the status, {@link #httpStatus()}
 * is the number, {@link #serverMessages()} is what the body said.
 */
public final class ApiException extends ImpexException {
    private static final long serialVersionUID = 1;

    ApiException(ErrorCode code, String message, Circumstances circumstances) {
        super(code, message, circumstances, null);
    }
}
