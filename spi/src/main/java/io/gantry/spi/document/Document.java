// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import java.util.Map;
import java.util.TreeMap;

/**
 * A piece of the engine's state. What it holds is checked when it is made, so that every store can keep it: its text is
 * well-formed Unicode without U+0000 ({@code DOCUMENT_TEXT_INVALID}), within the limits below
 * ({@code DOCUMENT_LIMIT_EXCEEDED}), and its values are of the four types and in their range ({@code DOCUMENT_INVALID}).
 * All three are of kind {@link io.gantry.spi.FailureKind#DATA}.
 *
 * @param tenant whose it is; 1 to 100 characters
 * @param kind what it is, such as {@code run}; one of the kinds the store was opened with
 * @param id unique for its tenant and kind, compared to the letter; 1 to 200 characters
 * @param revision 1 for a new document, one more with every replacement
 * @param attributes the values by which documents of this kind are found, by name: String (at most 1,000 characters), Long,
 *     Boolean or {@link java.time.Instant} (of the years 1 to 9999; digits finer than microseconds are dropped); an
 *     attribute without a value is absent. Unmodifiable
 * @param body text, by agreement JSON; at most 16 MiB in UTF-8. Stores keep it to the letter and do not look into it
 */
public record Document(
        String tenant, String kind, String id, long revision, Map<String, Object> attributes, String body) {

    /** Longest tenant, in characters as {@link String#length()} counts them. */
    public static final int LONGEST_TENANT = 100;

    /** Longest id, in characters as {@link String#length()} counts them. */
    public static final int LONGEST_ID = 200;

    /** Longest text of an attribute, in characters as {@link String#length()} counts them. */
    public static final int LONGEST_TEXT = 1_000;

    /** Largest body, in bytes of UTF-8: 16 MiB. */
    public static final int LARGEST_BODY = 16 << 20;

    public Document {
        DocumentText.checkName("tenant", tenant, LONGEST_TENANT);
        DocumentText.checkName("id", id, LONGEST_ID);
        DocumentText.checkBody(body, LARGEST_BODY);
        if (revision < 1) {
            throw DocumentText.invalid("A document has revision " + revision + "; revisions begin with 1");
        }
        Map<String, Object> checked = new TreeMap<>();
        attributes.forEach((name, value) -> checked.put(name, DocumentKind.Type.checked(name, value)));
        attributes = Map.copyOf(checked);
    }

    /**
     * Whether there could be a document of a tenant with an id at all. A store asks before it looks: what it is given to
     * find may be any text.
     *
     * @param tenant any text
     * @param id any text
     * @return false when no document could be made with them
     */
    public static boolean isNameable(String tenant, String id) {
        return DocumentText.names(tenant, LONGEST_TENANT) && DocumentText.names(id, LONGEST_ID);
    }
}
