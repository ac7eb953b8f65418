// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import org.jspecify.annotations.Nullable;

/** A table as the database's metadata names it. */
public record TableId(@Nullable String catalog, @Nullable String schema, String name) {

    /** The same place with another table. */
    public TableId sibling(String name) {
        return new TableId(catalog, schema, name);
    }

    /** Its full name, for people and for markers. */
    public String fullName() {
        String place = schema != null ? schema : catalog;
        return place == null ? name : place + "." + name;
    }
}
