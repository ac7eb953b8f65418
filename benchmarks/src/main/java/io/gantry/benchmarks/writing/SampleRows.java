// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.writing;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.gantry.benchmarks.SampleFile;
import io.gantry.spi.records.RowBatch;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The rows of the sample file in memory: as the engine has them, and as objects. */
final class SampleRows {

    private static final int BATCH = 4_096;

    final List<RowBatch> batches = new ArrayList<>();
    final List<Object[]> objects = new ArrayList<>();

    static SampleRows read(int rows) throws IOException {
        SampleRows sample = new SampleRows();
        RowBatch batch = new RowBatch(SampleFile.SCHEMA.fields(), BATCH);
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().ofCsvRecord(SampleFile.make(Files.createDirectories(SampleFile.FOLDER), rows, 0))) {
            long number = 0;
            for (CsvRecord csv : reader) {
                if (number++ > 0) {
                    Object[] values = values(csv);
                    sample.objects.add(values);
                    if (batch.isFull()) {
                        sample.batches.add(batch);
                        batch = new RowBatch(SampleFile.SCHEMA.fields(), BATCH);
                    }
                    batch.add(number - 1, values);
                }
            }
        }
        sample.batches.add(batch);
        return sample;
    }

    private static Object[] values(CsvRecord csv) {
        return new Object[] {
            Long.valueOf(csv.getField(0)),
            csv.getField(1),
            csv.getField(2),
            csv.getField(3),
            LocalDate.parse(csv.getField(4)),
            new BigDecimal(csv.getField(5)),
            csv.getField(6),
            csv.getField(7),
            csv.getField(8),
            Long.valueOf(csv.getField(9)),
            Instant.parse(csv.getField(10)),
            csv.getField(11)
        };
    }
}
