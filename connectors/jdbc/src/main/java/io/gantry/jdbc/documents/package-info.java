// SPDX-License-Identifier: Apache-2.0
/** Documents in the tables of a database. */
@NullMarked
package io.gantry.jdbc.documents;

import org.jspecify.annotations.NullMarked;
