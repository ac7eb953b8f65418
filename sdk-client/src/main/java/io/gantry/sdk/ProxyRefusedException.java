// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;

/** A proxy that refuses the credentials for it, or demands some where none are set. */
final class ProxyRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    ProxyRefusedException(String message) {
        super(message);
    }
}
