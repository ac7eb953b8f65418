// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import org.jspecify.annotations.Nullable;

/**
 * Takes records apart into values, in the order of a schema's fields, and puts them together again.
 *
 * @param <T> the record
 */
interface Shape<T> {

    @Nullable
    Object[] values(T record);

    T record(@Nullable Object[] values);
}
