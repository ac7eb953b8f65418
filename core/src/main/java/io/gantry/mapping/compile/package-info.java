// SPDX-License-Identifier: Apache-2.0
/** Mappings compiled for the header of one file: the hot path from cells to typed values. */
@NullMarked
package io.gantry.mapping.compile;

import org.jspecify.annotations.NullMarked;
