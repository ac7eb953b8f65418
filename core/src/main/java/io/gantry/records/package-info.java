// SPDX-License-Identifier: Apache-2.0
/** What the readers and writers of several formats share. */
@NullMarked
package io.gantry.records;

import org.jspecify.annotations.NullMarked;
