// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which documents to find, and in which order.
 *
 * @param tenant whose; null for those of all tenants, which only the engine itself may ask for
 * @param kind which kind
 * @param conditions all of which must hold
 * @param order the attribute to order by; ties, and documents without it, are ordered by id; null to order by id alone
 * @param descending whether the order is reversed
 * @param limit greatest number of documents, from 1 to 1,000
 * @param cursor where the last page ended; null for the first page
 */
public record DocumentQuery(
        @Nullable String tenant,
        String kind,
        List<Condition> conditions,
        @Nullable String order,
        boolean descending,
        int limit,
        @Nullable String cursor) {

    public DocumentQuery {
        conditions = List.copyOf(conditions);
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("The limit is " + limit + "; it must be from 1 to 1000");
        }
    }

    /**
     * All documents of a tenant and kind, in order of ids.
     *
     * @param tenant whose
     * @param kind which kind
     * @return at most 1,000 a page
     */
    public static DocumentQuery of(String tenant, String kind) {
        return new DocumentQuery(tenant, kind, List.of(), null, false, 1_000, null);
    }

    /**
     * The same query with one more condition.
     *
     * @param attribute its name
     * @param operator how to compare
     * @param value with what: an object of the attribute's type
     * @return a copy
     */
    public DocumentQuery where(String attribute, Operator operator, Object value) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(new Condition(attribute, operator, value));
        return new DocumentQuery(tenant, kind, more, order, descending, limit, cursor);
    }

    /**
     * The same query in another order.
     *
     * @param attribute to order by
     * @param descending whether the greatest comes first
     * @return a copy
     */
    public DocumentQuery orderBy(String attribute, boolean descending) {
        return new DocumentQuery(tenant, kind, conditions, attribute, descending, limit, cursor);
    }

    /**
     * The same query with other pages.
     *
     * @param limit greatest number of documents
     * @param cursor where the last page ended, or null
     * @return a copy
     */
    public DocumentQuery page(int limit, @Nullable String cursor) {
        return new DocumentQuery(tenant, kind, conditions, order, descending, limit, cursor);
    }

    /**
     * A condition on an attribute; never true for a document without it.
     *
     * @param attribute its name
     * @param operator how to compare
     * @param value with what
     */
    public record Condition(String attribute, Operator operator, Object value) {}

    /** How to compare. */
    public enum Operator {
        /** The same. */
        EQUAL,
        /** Before the given value. */
        LESS,
        /** The same or after the given value. */
        GREATER_OR_EQUAL
    }
}
