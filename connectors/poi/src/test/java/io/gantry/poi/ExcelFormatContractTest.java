// SPDX-License-Identifier: Apache-2.0
package io.gantry.poi;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.TextReadableFormat;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Field;
import io.gantry.testkit.RecordFormatContract;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.junit.jupiter.api.Nested;

/** The contract of formats, held by each kind of file that the format reads. */
class ExcelFormatContractTest {

    @Nested
    class WorkbooksOf2007 extends RecordFormatContract {
        @Override
        protected WritableFormat format() {
            return new ExcelFormat();
        }
    }

    @Nested
    class WorkbooksOf97 extends RecordFormatContract {
        @Override
        protected WritableFormat format() {
            return new Written((columns, rows) -> {
                List<List<String>> all = new ArrayList<>();
                all.add(columns.stream().map(Field::name).toList());
                all.addAll(rows);
                return OldBooks.xls(book -> OldBooks.fill(book.createSheet("Data"), all));
            });
        }
    }

    @Nested
    class WorkbooksBehindAPassword extends RecordFormatContract {
        @Override
        protected WritableFormat format() {
            return new Written((columns, rows) ->
                    OldBooks.encrypted(OldBooks.xlsx(columns, rows), "secret", EncryptionMode.standard));
        }
    }

    /** Makes the bytes of a whole file. */
    private interface Maker {
        byte[] make(List<Field> columns, List<List<String>> rows) throws IOException;
    }

    /** The format under test with a writer of the files it is tested with. */
    private record Written(Maker maker) implements WritableFormat, TextReadableFormat {

        private static final ExcelFormat FORMAT = new ExcelFormat(name -> Optional.of("secret"));

        @Override
        public String name() {
            return FORMAT.name();
        }

        @Override
        public Set<String> optionNames() {
            return FORMAT.optionNames();
        }

        @Override
        public void check(FormatOptions options) {
            FORMAT.check(options);
        }

        @Override
        public String mediaType() {
            return FORMAT.mediaType();
        }

        @Override
        public RecordReader reader(FileContent file, FormatOptions options, Limits limits) throws IOException {
            return FORMAT.reader(file, options.with("passwordName", "school"), limits);
        }

        @Override
        public RecordWriter writer(OutputStream out, List<Field> columns, FormatOptions options) {
            List<List<String>> rows = new ArrayList<>();
            return new RecordWriter() {
                @Override
                public void write(RowBatch batch) {
                    for (int row = 0; row < batch.size(); row++) {
                        List<String> cells = new ArrayList<>();
                        for (int column = 0; column < columns.size(); column++) {
                            cells.add(Objects.toString(batch.column(column).object(row)));
                        }
                        rows.add(cells);
                    }
                }

                @Override
                public void close() throws IOException {
                    out.write(maker.make(columns, rows));
                }
            };
        }
    }
}
