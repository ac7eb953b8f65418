// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.local.Datasets;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Schema;

class InMemoryRunTest extends RunContract {

    @Override
    protected Dataset create(String name, Schema schema) {
        return Datasets.inMemory(name, schema);
    }

    @Override
    protected int worlds() {
        return 5;
    }
}
