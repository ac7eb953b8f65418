// SPDX-License-Identifier: Apache-2.0
/** What can be wrong with the rows of a file, and the report that tells of it. */
@NullMarked
package io.gantry.validation;

import org.jspecify.annotations.NullMarked;
