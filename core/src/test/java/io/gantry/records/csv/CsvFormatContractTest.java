// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.WritableFormat;
import io.gantry.testkit.RecordFormatContract;

class CsvFormatContractTest extends RecordFormatContract {

    @Override
    protected WritableFormat format() {
        return new CsvFormat();
    }
}
