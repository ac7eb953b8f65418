// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.GantryException;
import io.gantry.spi.ProviderException;
import java.util.function.Supplier;

/** Calls providers: what they fail with, and what a value fails with that they could not keep, is a failure of the engine. */
final class Providers {

    private Providers() {}

    static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (ProviderException e) {
            throw GantryException.of(e);
        }
    }
}
