// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.run.RunEngine;
import io.gantry.testkit.RunEngineContract;

class LocalRunEngineTest extends RunEngineContract {

    @Override
    protected RunEngine create() {
        return new LocalRunEngine(2);
    }
}
