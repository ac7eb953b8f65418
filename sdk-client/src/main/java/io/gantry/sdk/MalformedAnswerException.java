// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;

/** An answer that breaks the rules of HTTP, so that its body cannot be told from what follows it. */
final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedAnswerException(String message) {
        super(message);
    }
}
