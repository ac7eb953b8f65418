// SPDX-License-Identifier: Apache-2.0
/** How fast are files written? */
@NullMarked
package io.gantry.benchmarks.writing;

import org.jspecify.annotations.NullMarked;
