// SPDX-License-Identifier: Apache-2.0
/** How fast the engine is, measured beside others in one run. */
@NullMarked
package io.gantry.benchmarks;

import org.jspecify.annotations.NullMarked;
