// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.GantryException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Counts what became of calls. Safe for use by several threads. */
final class Tally<T> {

    private final Collection<T> successes = new ConcurrentLinkedQueue<>();
    private final Collection<String> codes = new ConcurrentLinkedQueue<>();

    /** Makes a call; empty when it failed. */
    Optional<T> call(Supplier<T> call) {
        try {
            T result = call.get();
            successes.add(result);
            return Optional.of(result);
        } catch (GantryException e) {
            codes.add(e.code());
            return Optional.empty();
        }
    }

    List<T> successes() {
        return List.copyOf(successes);
    }

    long count() {
        return successes.size();
    }

    /** That calls failed with no codes but these. */
    Tally<T> failedOnlyWith(String... expected) {
        assertThat(codes).isSubsetOf(expected);
        return this;
    }

    /** That some calls succeeded and all others failed with a code. */
    void succeeded(int expected, int of, String code) {
        assertThat(count())
                .as("calls that succeeded; the others failed with %s", codes)
                .isEqualTo(expected);
        assertThat(codes).hasSize(of - expected).containsOnly(code);
    }
}
