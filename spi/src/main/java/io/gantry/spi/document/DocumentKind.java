// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A kind of documents, as declared to a store.
 *
 * @param name 1 to 40 lower case letters and {@code _}
 * @param attributes the attributes by which its documents are found, with their types. A name is 1 to 40 lower case
 *     letters, digits and {@code _}, begins with a letter, and is none of {@code tenant}, {@code id}, {@code revision},
 *     {@code body}
 */
public record DocumentKind(String name, Map<String, Type> attributes) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,39}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Set<String> TAKEN = Set.of("tenant", "id", "revision", "body");

    public DocumentKind {
        attributes = Map.copyOf(attributes);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a kind: use a-z and _");
        }
        for (String attribute : attributes.keySet()) {
            if (!ATTRIBUTE.matcher(attribute).matches() || TAKEN.contains(attribute)) {
                throw new IllegalArgumentException("'" + attribute + "' of kind '" + name
                        + "' cannot be the name of an attribute: use a-z, 0-9 and _, but none of " + TAKEN);
            }
        }
    }

    /** The type of an attribute. */
    public enum Type {
        /** String. */
        TEXT(String.class),
        /** Long. */
        NUMBER(Long.class),
        /** Boolean; false is less than true. */
        FLAG(Boolean.class),
        /** Instant, with microseconds. */
        TIME(Instant.class);

        private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
        private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

        private final Class<?> values;

        Type(Class<?> values) {
            this.values = values;
        }

        /** The value as it is kept; fails when it cannot be. */
        static Object checked(String attribute, Object value) {
            if (value instanceof String text) {
                DocumentText.checkText("attribute '" + attribute + "'", text, Document.LONGEST_TEXT);
                return text;
            }
            if (value instanceof Instant time) {
                if (time.isBefore(EARLIEST) || !time.isBefore(TOO_LATE)) {
                    throw DocumentText.invalid(
                            "The attribute '" + attribute + "' is " + time + "; times are kept from year 1 to 9999");
                }
                return time.truncatedTo(ChronoUnit.MICROS);
            }
            if (value instanceof Long || value instanceof Boolean) {
                return value;
            }
            throw DocumentText.invalid("The attribute '" + attribute + "' is a "
                    + value.getClass().getSimpleName() + "; it must be a String, Long, Boolean or Instant");
        }
    }

    /**
     * Finds a kind among those that were declared.
     *
     * @param kinds by name
     * @param name any text
     * @return the kind
     * @throws ProviderException with code {@code DOCUMENT_KIND_UNKNOWN} when it was not declared
     */
    public static DocumentKind of(Map<String, DocumentKind> kinds, String name) {
        DocumentKind kind = kinds.get(name);
        if (kind == null) {
            throw new ProviderException(
                    "DOCUMENT_KIND_UNKNOWN",
                    FailureKind.DATA,
                    "There is no kind '" + name + "' of documents; declared are " + new TreeSet<>(kinds.keySet()),
                    Map.of("kind", name),
                    null);
        }
        return kind;
    }

    /**
     * Checks that a document has no attributes but those of this kind, with values of their types. A store does so before
     * it writes.
     *
     * @param document of this kind
     * @throws ProviderException with code {@code DOCUMENT_ATTRIBUTE_UNKNOWN} or {@code DOCUMENT_INVALID}
     */
    public void check(Document document) {
        document.attributes().forEach(this::check);
    }

    /**
     * Checks that a query asks for no attributes but those of this kind, with values of their types. A store does so
     * before it looks.
     *
     * @param query for documents of this kind
     * @throws ProviderException with code {@code DOCUMENT_ATTRIBUTE_UNKNOWN} or {@code DOCUMENT_INVALID}
     */
    public void check(DocumentQuery query) {
        for (DocumentQuery.Condition condition : query.conditions()) {
            if (condition.value() instanceof List<?> values) {
                values.forEach(value -> check(condition.attribute(), value));
            } else {
                check(condition.attribute(), condition.value());
            }
        }
        if (query.order() != null) {
            type(query.order());
        }
    }

    private void check(String attribute, Object value) {
        Type type = type(attribute);
        if (!type.values.isInstance(value)) {
            throw DocumentText.invalid("The attribute '" + attribute + "' of kind '" + name + "' is a "
                    + type.name().toLowerCase(Locale.ROOT) + "; its value must be a " + type.values.getSimpleName()
                    + ", not a " + value.getClass().getSimpleName());
        }
    }

    private Type type(String attribute) {
        Type type = attributes.get(attribute);
        if (type == null) {
            throw new ProviderException(
                    "DOCUMENT_ATTRIBUTE_UNKNOWN",
                    FailureKind.DATA,
                    "Kind '" + name + "' has no attribute '" + attribute + "'; declared are "
                            + new TreeSet<>(attributes.keySet()),
                    Map.of("kind", name, "attribute", attribute),
                    null);
        }
        return type;
    }
}
