// SPDX-License-Identifier: Apache-2.0
/** How long does work take that is small? */
@NullMarked
package io.gantry.benchmarks.small;

import org.jspecify.annotations.NullMarked;
