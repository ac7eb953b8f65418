// SPDX-License-Identifier: Apache-2.0
/** Where the engine keeps its state: pipelines, runs and all else, as documents. */
@NullMarked
package io.gantry.spi.document;

import org.jspecify.annotations.NullMarked;
