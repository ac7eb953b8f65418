// SPDX-License-Identifier: Apache-2.0
/**
 * How the columns of a file become the fields of a dataset, as data: {@link io.gantry.mapping.ImportMapping} is JSON or is
 * built in Java, is checked as a whole, and is compiled once per file.
 */
@NullMarked
package io.gantry.mapping;

import org.jspecify.annotations.NullMarked;
