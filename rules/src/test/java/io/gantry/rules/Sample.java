// SPDX-License-Identifier: Apache-2.0
package io.gantry.rules;

import java.util.List;

/** A type to write down. */
public abstract class Sample<T extends Number> extends SampleBase implements Comparable<T> {

    /** Public, and old. */
    @Deprecated
    public static final int OLD = 1;

    static final int OURS = 2;

    /** For who extends it. */
    protected Sample() {}

    @SafeVarargs
    @SuppressWarnings("varargs")
    static <A> List<A> ours(A... values) {
        return List.of(values);
    }

    /** Has all that a signature can have. */
    protected abstract <E extends Exception> List<? extends T> take(E first, String... others) throws E;

    @Override
    public final String toString() {
        return "sample";
    }

    enum Kind {
        OURS
    }
}
