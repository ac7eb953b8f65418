// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an application keeps records of a dataset, as two callbacks. The engine calls them from one thread at a time.
 *
 * @param <T> the record
 */
public interface RecordStore<T> {

    /**
     * All records as they are now.
     *
     * @return in any order; not changed by the engine
     */
    List<T> records();

    /**
     * Makes changes, in one step: all of them or, when it throws, none.
     *
     * @param changes at most one for each key
     */
    void apply(List<Change<T>> changes);

    /**
     * A change of one record.
     *
     * @param before the record as it is, or null for one to add
     * @param after the record as it shall be, or null for one to take away
     * @param <T> the record
     */
    record Change<T>(@Nullable T before, @Nullable T after) {}
}
