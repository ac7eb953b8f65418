// SPDX-License-Identifier: Apache-2.0
/** The contest of {@link io.gantry.benchmarks.SideBySide}: its server, its contestants, its stopwatch, its table. */
@NullMarked
package io.gantry.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;
