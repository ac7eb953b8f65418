// SPDX-License-Identifier: Apache-2.0
/**
 * The door: {@link io.gantry.Gantry} is built once, and gives each {@link io.gantry.Principal} the
 * {@link io.gantry.Workspace} of its tenant, from which everything else is reached.
 */
@NullMarked
package io.gantry;

import org.jspecify.annotations.NullMarked;
