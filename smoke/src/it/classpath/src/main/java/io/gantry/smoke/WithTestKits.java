// SPDX-License-Identifier: Apache-2.0
package io.gantry.smoke;

import static io.gantry.smoke.Smoke.require;

import io.gantry.Gantry;
import io.gantry.local.Datasets;
import io.gantry.local.InMemoryDocumentStore;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DocumentStoreContract;
import io.gantry.testkit.SettableClock;
import io.gantry.testkit.runs.RunContract;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The suites of a provider's tests: that they can be extended, and their tests found by reflection. */
final class WithTestKits {

    private WithTestKits() {}

    static void run() {
        SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
        Gantry.builder().clock(clock).build().close();
        require(hasTests(new Documents().getClass()), "the contract of document stores has tests");
        require(hasTests(new Runs().getClass()), "the contract of runs has tests");
    }

    private static boolean hasTests(Class<?> suite) {
        return Arrays.stream(suite.getMethods())
                .anyMatch(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(TestFactory.class));
    }

    private static final class Documents extends DocumentStoreContract {

        @Override
        protected DocumentStore create() {
            return new InMemoryDocumentStore();
        }

        @Override
        protected DocumentStore again(DocumentStore store) {
            return store;
        }
    }

    private static final class Runs extends RunContract {

        @Override
        protected Dataset create(String name, Schema schema) {
            return Datasets.inMemory(name, schema);
        }
    }
}
