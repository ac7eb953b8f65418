// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import org.jspecify.annotations.Nullable;

/** A table as the database's metadata names it. */
record TableId(@Nullable String catalog, @Nullable String schema, String name) {

    /** The same place with another table. */
    TableId sibling(String name) {
        return new TableId(catalog, schema, name);
    }

    /** Its full name, for people and for markers. */
    String fullName() {
        String place = schema != null ? schema : catalog;
        return place == null ? name : place + "." + name;
    }
}
