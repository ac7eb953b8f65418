// SPDX-License-Identifier: Apache-2.0
/** The engine behind the door: keeps the books of pipelines and runs, and has runs carried out. */
@NullMarked
package io.gantry.engine;

import org.jspecify.annotations.NullMarked;
