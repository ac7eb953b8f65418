// SPDX-License-Identifier: Apache-2.0
/**
 * An ImpEx server in memory, on loopback, to test programs with that talk to one:
 * {@link io.gantry.sdk.testserver.ImpexTestServer}.
 */
@NullMarked
package io.gantry.sdk.testserver;

import org.jspecify.annotations.NullMarked;
