// SPDX-License-Identifier: Apache-2.0
/** The run loop: how a run is carried out, from the file's first byte to the report. */
@NullMarked
package io.gantry.run.loop;

import org.jspecify.annotations.NullMarked;
