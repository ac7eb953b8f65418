// SPDX-License-Identifier: Apache-2.0
/** Files the engine works with: uploads, outputs, rejects, reports. */
@NullMarked
package io.gantry.spi.file;

import org.jspecify.annotations.NullMarked;
