// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import java.util.Map;

/**
 * A piece of the engine's state.
 *
 * @param tenant whose it is
 * @param kind what it is, such as {@code run}; one of the kinds the store was opened with
 * @param id unique for its tenant and kind
 * @param revision 1 for a new document, one more with every replacement
 * @param attributes the values by which documents of this kind are found, by name: String, Long, Boolean or
 *     {@link java.time.Instant}; an attribute without a value is absent
 * @param body JSON
 */
public record Document(
        String tenant, String kind, String id, long revision, Map<String, Object> attributes, String body) {

    public Document {
        attributes = Map.copyOf(attributes);
    }
}
