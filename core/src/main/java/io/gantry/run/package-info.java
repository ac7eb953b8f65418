// SPDX-License-Identifier: Apache-2.0
/** Runs: submitted, carried out, reported, corrected, previewed, rolled back. */
@NullMarked
package io.gantry.run;

import org.jspecify.annotations.NullMarked;
