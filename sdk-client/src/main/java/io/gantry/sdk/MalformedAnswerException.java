// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;

/** An answer that breaks the rules of HTTP, so that the end of its body is unknown. */
final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedAnswerException(String message) {
        super(message);
    }
}
