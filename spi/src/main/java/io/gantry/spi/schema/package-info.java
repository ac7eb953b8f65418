// SPDX-License-Identifier: Apache-2.0
/** The shape of a dataset: fields with their types, keys and references. */
@NullMarked
package io.gantry.spi.schema;

import org.jspecify.annotations.NullMarked;
