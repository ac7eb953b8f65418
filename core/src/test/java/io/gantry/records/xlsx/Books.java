// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Workbooks for tests: written by hand, part by part, and read back. */
final class Books {

    static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    static final String KINDS = "TNDBELF";

    private Books() {}

    /** A record as a test sees it. */
    record Row(long number, long line, List<String> cells, String kinds) {}

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

    /** A file of this machine. */
    record OnDisk(Path file) implements FileContent {
        @Override
        public String name() {
            return String.valueOf(file.getFileName());
        }

        @Override
        public long length() {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public Optional<Path> path() {
            return Optional.of(file);
        }
    }

    static List<Row> read(FileContent file) throws IOException {
        return read(file, FormatOptions.NONE, Limits.DEFAULT);
    }

    static List<Row> read(byte[] book) throws IOException {
        return read(new Memory("book.xlsx", book));
    }

    static List<Row> read(FileContent file, FormatOptions options, Limits limits) throws IOException {
        XlsxFormat format = new XlsxFormat();
        format.check(options);
        List<Row> rows = new ArrayList<>();
        TextBatch batch = new TextBatch(7);
        try (RecordReader reader = format.reader(file, options, limits)) {
            while (reader.read(batch)) {
                for (int i = 0; i < batch.size(); i++) {
                    rows.add(row(batch, i));
                }
            }
        }
        return rows;
    }

    static Row row(TextBatch batch, int record) {
        List<String> cells = new ArrayList<>();
        StringBuilder kinds = new StringBuilder();
        for (int place = 0; place < batch.cells(record); place++) {
            cells.add(batch.text(record, place));
            kinds.append(KINDS.charAt(batch.kind(batch.first(record) + place)));
        }
        return new Row(batch.number(record), batch.line(record), cells, kinds.toString());
    }

    /** The forms of a cell: its text, its exact number and what it shows, each empty where it is the text. */
    static String forms(TextBatch batch, int record, int place) {
        int cell = batch.first(record) + place;
        int at = batch.start(cell) + batch.length(cell);
        int exact = batch.exactLength(cell);
        return batch.text(record, place) + "|"
                + new String(batch.buffer(), at, exact, StandardCharsets.UTF_8) + "|"
                + new String(batch.buffer(), at + exact, batch.shownLength(cell), StandardCharsets.UTF_8);
    }

    static List<List<String>> cells(List<Row> rows) {
        return rows.stream().map(Row::cells).toList();
    }

    /** A workbook of one sheet with the given rows as XML, and no styles or shared texts. */
    static byte[] sheet(String rows) {
        return zip(parts(rows));
    }

    /** The parts of a workbook of one sheet; more can be put beside them, or in their place. */
    static Map<String, String> parts(String rows) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "_rels/.rels",
                relations("<Relationship Id='a' Type='" + RELATIONS + "/officeDocument' Target='xl/workbook.xml'/>"));
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns='" + MAIN + "' xmlns:r='" + RELATIONS
                        + "'><sheets><sheet name='Data' sheetId='1' r:id='s1'/></sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                relations("<Relationship Id='s1' Type='" + RELATIONS + "/worksheet' Target='worksheets/sheet1.xml'/>"
                        + "<Relationship Id='s2' Type='" + RELATIONS + "/styles' Target='styles.xml'/>"
                        + "<Relationship Id='s3' Type='" + RELATIONS
                        + "/sharedStrings' Target='sharedStrings.xml'/>"));
        parts.put("xl/worksheets/sheet1.xml", worksheet(rows));
        parts.put("xl/sharedStrings.xml", "<sst xmlns='" + MAIN + "'/>");
        return parts;
    }

    static String worksheet(String rows) {
        return "<worksheet xmlns='" + MAIN + "'><sheetData>" + rows + "</sheetData></worksheet>";
    }

    static String relations(String relations) {
        return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" + relations
                + "</Relationships>";
    }

    /** A workbook of which one part is one byte, many times over. */
    static byte[] bomb(String path, String head, char filling, long length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) filling);
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts("").entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                boolean bomb = part.getKey().equals(path);
                zip.write((bomb ? head : part.getValue()).getBytes(StandardCharsets.US_ASCII));
                for (long written = 0; bomb && written < length; written += block.length) {
                    zip.write(block);
                }
            }
        }
        return bytes.toByteArray();
    }

    /** A workbook behind a password. */
    static byte[] encrypted(byte[] book) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            Encryptor encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
            encryptor.confirmPassword("secret");
            try (OutputStream out = encryptor.getDataStream(container)) {
                out.write(book);
            }
            container.writeFilesystem(bytes);
        }
        return bytes.toByteArray();
    }

    static byte[] zip(Map<String, String> parts) {
        return zip(parts, Map.of());
    }

    /** A package of parts, some of them as raw bytes. */
    static byte[] zip(Map<String, String> parts, Map<String, byte[]> raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(raw.getOrDefault(part.getKey(), part.getValue().getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
