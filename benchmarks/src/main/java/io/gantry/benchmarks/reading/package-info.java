// SPDX-License-Identifier: Apache-2.0
/** How fast are files read? */
@NullMarked
package io.gantry.benchmarks.reading;

import org.jspecify.annotations.NullMarked;
