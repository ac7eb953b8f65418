// SPDX-License-Identifier: Apache-2.0
/** Programs to copy from: one idea each. {@link io.gantry.examples.Quickstart} shows the main job as a whole. */
@NullMarked
package io.gantry.examples;

import org.jspecify.annotations.NullMarked;
