// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.WritableFormat;
import io.gantry.testkit.RecordFormatContract;

class XlsxFormatContractTest extends RecordFormatContract {

    @Override
    protected WritableFormat format() {
        return new XlsxFormat();
    }
}
