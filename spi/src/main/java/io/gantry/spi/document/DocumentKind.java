// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import java.util.Map;

/**
 * A kind of documents, as declared to a store.
 *
 * @param name lower case letters and {@code _}
 * @param attributes the attributes by which its documents are found, with their types
 */
public record DocumentKind(String name, Map<String, Type> attributes) {

    public DocumentKind {
        attributes = Map.copyOf(attributes);
    }

    /** The type of an attribute. */
    public enum Type {
        /** String. */
        TEXT,
        /** Long. */
        NUMBER,
        /** Boolean. */
        FLAG,
        /** Instant, with microseconds. */
        TIME
    }
}
