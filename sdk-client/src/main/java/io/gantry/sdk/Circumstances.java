// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts around a failure that every exception carries. */
record Circumstances(
        @Nullable Integer httpStatus,
        @Nullable String requestId,
        @Nullable String jobId,
        List<ServerMessage> serverMessages) {

    static final Circumstances NONE = new Circumstances(null, null, null, List.of());
}
