// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import io.gantry.local.Datasets;
import io.gantry.spi.dataset.Dataset;

class InMemoryRunPropertiesTest extends RunProperties {

    @Override
    protected Dataset dataset(String name) {
        return Datasets.inMemory(name, SCHEMA);
    }
}
