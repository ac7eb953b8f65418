// SPDX-License-Identifier: Apache-2.0
/** How fast are cells converted and checked? */
@NullMarked
package io.gantry.benchmarks.checking;

import org.jspecify.annotations.NullMarked;
