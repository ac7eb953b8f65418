// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.local.Datasets;
import io.gantry.local.InMemoryDocumentStore;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.schema.Schema;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

class InMemoryCrashTest extends CrashContract {

    private final CrashSite site = new MemorySite();

    @Override
    protected CrashSite site() {
        return site;
    }

    @Override
    protected boolean hasProcesses() {
        return false;
    }

    /** What is kept outlives the engine, for it is kept in the process. */
    private static final class MemorySite implements CrashSite {

        private final Map<String, Opened> places = new ConcurrentHashMap<>();

        private record Kept(Dataset dataset, DocumentStore documents) implements Opened {
            @Override
            public void close() {
                // for the next one to open
            }
        }

        @Override
        public String make(String name, Schema schema) {
            places.put(name, new Kept(Datasets.inMemory(name, schema), new InMemoryDocumentStore()));
            return name;
        }

        @Override
        public Opened open(String place) {
            return Objects.requireNonNull(places.get(place));
        }
    }
}
