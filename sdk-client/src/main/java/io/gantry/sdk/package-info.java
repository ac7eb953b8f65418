// SPDX-License-Identifier: Apache-2.0
/** The typed client of remote ImpEx servers: {@code impex().exp(...)} and {@code impex().imp(...)}. */
@NullMarked
package io.gantry.sdk;

import org.jspecify.annotations.NullMarked;
