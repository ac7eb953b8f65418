// SPDX-License-Identifier: Apache-2.0
/** Who carries runs out, when and where. */
@NullMarked
package io.gantry.spi.run;

import org.jspecify.annotations.NullMarked;
