// SPDX-License-Identifier: Apache-2.0
/** Sessions, names, the catalog, and what differs from database to database. */
@NullMarked
package io.gantry.jdbc.sql;

import org.jspecify.annotations.NullMarked;
