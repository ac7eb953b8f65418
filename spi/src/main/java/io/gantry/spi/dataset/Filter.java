// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import java.util.List;

/**
 * A condition on rows, as data. A comparison with a field that has no value is not true, whatever the operator: use
 * {@link IsNull} to find those.
 */
public sealed interface Filter {

    /** Every row. */
    Filter ALL = new And(List.of());

    /**
     * All of the conditions hold; true when there are none.
     *
     * @param all the conditions
     */
    record And(List<Filter> all) implements Filter {
        public And {
            all = List.copyOf(all);
        }
    }

    /**
     * At least one of the conditions holds; false when there are none.
     *
     * @param any the conditions
     */
    record Or(List<Filter> any) implements Filter {
        public Or {
            any = List.copyOf(any);
        }
    }

    /**
     * The condition does not hold.
     *
     * @param condition what must not hold
     */
    record Not(Filter condition) implements Filter {}

    /**
     * A field has no value.
     *
     * @param field its name
     */
    record IsNull(String field) implements Filter {}

    /**
     * A field's value compares to a given one.
     *
     * @param field its name
     * @param operator how
     * @param value an object of the class {@link io.gantry.spi.schema.FieldType} names
     */
    record Compare(String field, Operator operator, Object value) implements Filter {}

    /**
     * A field's value is one of the given ones.
     *
     * @param field its name
     * @param values objects of the class {@link io.gantry.spi.schema.FieldType} names
     */
    record In(String field, List<Object> values) implements Filter {
        public In {
            values = List.copyOf(values);
        }
    }

    /** How to compare. Text compares by code points, and is matched with regard to case. */
    enum Operator {
        /** The same. */
        EQUAL,
        /** Not the same. */
        NOT_EQUAL,
        /** Before the given value. */
        LESS,
        /** Before the given value or the same. */
        LESS_OR_EQUAL,
        /** After the given value. */
        GREATER,
        /** After the given value or the same. */
        GREATER_OR_EQUAL,
        /** Text that begins with the given one. */
        STARTS_WITH,
        /** Text that has the given one in it. */
        CONTAINS
    }
}
