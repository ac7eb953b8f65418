// SPDX-License-Identifier: Apache-2.0
package io.gantry.poi;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextReadableFormat;
import io.gantry.spi.schema.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFRow;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Workbooks of Excel 97 to 2003 and workbooks behind a password, for tests. */
final class OldBooks {

    private OldBooks() {}

    /** Bytes in memory, which have no path. */
    record Memory(String name, byte[] bytes) implements FileContent {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    static byte[] xls(Consumer<HSSFWorkbook> filler) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            filler.accept(book);
            book.write(bytes);
        }
        return bytes.toByteArray();
    }

    static byte[] xls(String password, Consumer<HSSFWorkbook> filler) throws IOException {
        Biff8EncryptionKey.setCurrentUserPassword(password);
        try {
            return xls(filler);
        } finally {
            Biff8EncryptionKey.setCurrentUserPassword(null);
        }
    }

    /** Any bytes behind a password, as spreadsheet programs keep an {@code .xlsx}. */
    static byte[] encrypted(byte[] book, String password, EncryptionMode mode) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            Encryptor encryptor = new EncryptionInfo(mode).getEncryptor();
            encryptor.confirmPassword(password);
            try (OutputStream out = encryptor.getDataStream(container)) {
                out.write(book);
            }
            container.writeFilesystem(bytes);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return bytes.toByteArray();
    }

    /** An {@code .xlsx} of texts. */
    static byte[] xlsx(List<Field> columns, List<List<String>> rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordWriter writer = new ExcelFormat().writer(bytes, columns, FormatOptions.NONE)) {
            RowBatch batch = new RowBatch(columns, Math.max(1, rows.size()));
            for (List<String> row : rows) {
                batch.add(1, row.toArray());
            }
            writer.write(batch);
        }
        return bytes.toByteArray();
    }

    /** Cells with the letter of their kind in front. */
    static List<List<String>> read(TextReadableFormat format, byte[] book, FormatOptions options) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        TextBatch batch = new TextBatch(10);
        try (RecordReader reader = format.reader(new Memory("book.xls", book), options, Limits.DEFAULT)) {
            while (reader.read(batch)) {
                for (int record = 0; record < batch.size(); record++) {
                    List<String> cells = new ArrayList<>();
                    for (int place = 0; place < batch.cells(record); place++) {
                        int cell = batch.first(record) + place;
                        String text = batch.text(record, place);
                        cells.add(text.isEmpty() ? "" : "TNDBELF".charAt(batch.kind(cell)) + text);
                    }
                    rows.add(cells);
                }
            }
        }
        return rows;
    }

    static void fill(HSSFSheet sheet, List<List<String>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            HSSFRow row = sheet.createRow(i);
            for (int column = 0; column < rows.get(i).size(); column++) {
                row.createCell(column).setCellValue(rows.get(i).get(column));
            }
        }
    }
}
