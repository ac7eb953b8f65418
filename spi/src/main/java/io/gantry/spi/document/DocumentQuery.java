// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which documents to find, and in which order.
 *
 * <p>Values are compared exactly: text by its code points, so that letter case, accents and spaces at the end are
 * differences and {@code "Z"} is before {@code "a"}; false before true; times by microseconds. Text may be ordered by its
 * first 200 code points alone: among texts that agree in these the order is the store's, but always the same.
 *
 * <p>A document without the attribute to order by stands before all that have it, and after them when the order is
 * descending. Documents that agree in it are in the order of their ids, which is descending as well when the order is.
 *
 * <p>A cursor says behind which document, or behind the place where it stood, the next page begins. A document that is
 * there all the time and keeps its place is found exactly once, whatever else is inserted, changed or deleted between two
 * pages. One that is inserted is found when its place is behind the cursor; one whose place changes may be found twice or
 * not at all. A cursor is good for queries that differ from the one it came from in nothing but the limit, for as long as
 * one likes, and in every store with the same documents.
 *
 * @param tenant whose; 1 to 100 characters
 * @param kind which kind
 * @param conditions all of which must hold
 * @param order the attribute to order by; null to order by id alone
 * @param descending whether the order is reversed
 * @param limit greatest number of documents, from 1 to 1,000
 * @param cursor where the last page ended; null for the first page
 */
public record DocumentQuery(
        String tenant,
        String kind,
        List<Condition> conditions,
        @Nullable String order,
        boolean descending,
        int limit,
        @Nullable String cursor) {

    /** Greatest number of values a condition with {@link Operator#IN} may give. */
    public static final int MOST_VALUES = 100;

    public DocumentQuery {
        DocumentText.checkName("tenant", tenant, Document.LONGEST_TENANT);
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
     * @param value with what: an object of the attribute's type, or a list of them for {@link Operator#IN}
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
     * Where this query's cursor points, for stores.
     *
     * @return null for the first page
     * @throws io.gantry.spi.ProviderException with code {@code INVALID_CURSOR} when it is not a cursor that a query like
     *     this was given
     */
    public @Nullable Position position() {
        return cursor == null ? null : DocumentCursor.decode(this, cursor);
    }

    /**
     * The cursor that gives this query's next page, for stores.
     *
     * @param last the last document of a page
     * @return letters, digits, {@code -} and {@code _}
     */
    public String cursorBehind(Document last) {
        Object value = order == null ? null : last.attributes().get(order);
        return DocumentCursor.encode(this, new Position(value, last.id()));
    }

    /**
     * A place in the order of a query.
     *
     * @param value of the attribute to order by; null when there is none, or the document had none
     * @param id of the document
     */
    public record Position(@Nullable Object value, String id) {}

    /**
     * A condition on an attribute; never true for a document without it.
     *
     * @param attribute its name
     * @param operator how to compare
     * @param value with what: String (at most 1,000 characters), Long, Boolean or {@link java.time.Instant} (digits finer
     *     than microseconds are dropped); for {@link Operator#IN} a list of 1 to 100 of them
     */
    public record Condition(String attribute, Operator operator, Object value) {
        public Condition {
            if (operator != Operator.IN) {
                value = DocumentKind.Type.checked(attribute, value);
            } else if (value instanceof List<?> values && !values.isEmpty() && values.size() <= MOST_VALUES) {
                List<Object> checked = new ArrayList<>();
                values.forEach(each -> checked.add(DocumentKind.Type.checked(attribute, each)));
                value = List.copyOf(checked);
            } else {
                throw DocumentText.invalid("The condition on attribute '" + attribute + "' must give a list of 1 to "
                        + MOST_VALUES + " values");
            }
        }
    }

    /** How to compare. */
    public enum Operator {
        /** The same. */
        EQUAL,
        /** The same as one of the given values. */
        IN,
        /** Before the given value. */
        LESS,
        /** The same or after the given value. */
        GREATER_OR_EQUAL
    }
}
