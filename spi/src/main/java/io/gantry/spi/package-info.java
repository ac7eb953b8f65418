// SPDX-License-Identifier: Apache-2.0
/** What all providers share: how they fail, and how they are asked to stop. */
@NullMarked
package io.gantry.spi;

import org.jspecify.annotations.NullMarked;
