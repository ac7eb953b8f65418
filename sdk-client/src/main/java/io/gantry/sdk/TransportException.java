// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No complete answer arrived: the connection could not be established, broke or stalled. */
public final class TransportException extends ImpexException {
    private static final long serialVersionUID = 1;

    TransportException(ErrorCode code, String message, Circumstances circumstances, @Nullable IOException cause) {
        super(code, message, circumstances, cause);
    }
}
