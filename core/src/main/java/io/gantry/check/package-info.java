// SPDX-License-Identifier: Apache-2.0
/** How definitions and commands are checked: everything that is wrong is gathered, and told at once. */
@NullMarked
package io.gantry.check;

import org.jspecify.annotations.NullMarked;
