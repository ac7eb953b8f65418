// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

/** The server answered with success, but the answer breaks the protocol: HTML, missing fields, a damaged file. */
public final class ProtocolException extends ImpexException {
    private static final long serialVersionUID = 1;

    ProtocolException(ErrorCode code, String message, Circumstances circumstances) {
        super(code, message, circumstances, null);
    }
}
