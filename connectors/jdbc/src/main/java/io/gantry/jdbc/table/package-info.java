// SPDX-License-Identifier: Apache-2.0
/** Datasets that are tables: reading, staging, checking, merging, and rolling back. */
@NullMarked
package io.gantry.jdbc.table;

import org.jspecify.annotations.NullMarked;
