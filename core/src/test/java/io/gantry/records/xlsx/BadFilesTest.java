// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static io.gantry.records.xlsx.Refusals.ascii;
import static io.gantry.records.xlsx.Refusals.failure;
import static io.gantry.records.xlsx.Refusals.part;
import static io.gantry.records.xlsx.Refusals.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that are no workbooks, broken, hostile or too large: each fails clearly, in bounded time and a small heap. */
@Timeout(60)
class BadFilesTest {

    @Test
    void these_tests_run_in_the_heap_that_was_promised() {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(256L << 20);
    }

    @Test
    void files_of_other_kinds_are_named() throws Exception {
        unreadable(new byte[0], "is empty");
        unreadable(ascii("id;name\n1;Ana\n"), "looks like plain text, such as CSV", "the format 'csv'");
        unreadable("\uFEFFid,näme\n1,Ána\n".getBytes(StandardCharsets.UTF_16LE), "looks like plain text");
        unreadable(
                ascii("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR"), "looks like a PNG picture", "choose the workbook itself");
        unreadable(ascii("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF"), "a JPEG picture");
        unreadable(ascii("%PDF-1.7\n"), "a PDF document");
        unreadable(ascii("\u001f\u008b\b\0\0\0\0\0"), "a gzip archive");
        unreadable(ascii("\n<html><table><tr><td>1</td></tr></table>"), "a page of HTML or XML");
        unsupported(
                ascii("<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"),
                ".xml",
                "the XML form of 2003");
        unsupported(
                ascii("<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>"),
                ".fods",
                "an OpenDocument file");
        unsupported(ascii("\t\4\6\0\0\0\20\0"), ".xls", "Excel 4 or older");
        unreadable(ascii("\0\0\0\1\2\3"), "begins with the bytes 000000010203");
    }

    @Test
    void an_old_workbook_is_named() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            book.createSheet().createRow(0).createCell(0).setCellValue(1);
            book.write(bytes);
        }
        unsupported(bytes.toByteArray(), ".xls", "Excel 97 to 2003", "add the module gantry-poi", "save it as .xlsx");
    }

    private static void unsupported(byte[] file, String format, String... words) {
        ProviderException failure = Refusals.failure(file, Limits.DEFAULT);
        assertThat(failure.code()).isEqualTo("FORMAT_UNSUPPORTED");
        assertThat(failure.details()).containsEntry("format", format);
        assertThat(failure.getMessage())
                .contains("'data.xlsx' is not an .xlsx workbook")
                .contains(words);
    }

    @Test
    void other_compound_files_are_named() throws Exception {
        for (String stream : new String[] {"WordDocument", "PowerPoint Document", "Other"}) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (POIFSFileSystem container = new POIFSFileSystem()) {
                for (int i = 0; i < 20; i++) {
                    container.createDocument(new java.io.ByteArrayInputStream(new byte[10]), "filler" + i);
                }
                container.createDocument(new java.io.ByteArrayInputStream(new byte[5000]), stream);
                container.writeFilesystem(bytes);
            }
            unreadable(
                    bytes.toByteArray(),
                    stream.equals("Other") ? "without a workbook" : stream.startsWith("W") ? "(.doc)" : "(.ppt)");
        }
        unreadable(Arrays.copyOf(ascii("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"), 600), "without a workbook");
    }

    @Test
    void an_encrypted_workbook_is_named() throws Exception {
        byte[] book = Books.encrypted(Books.sheet("<row><c><v>1</v></c></row>"));
        ProviderException failure = Refusals.failure(book, Limits.DEFAULT);
        assertThat(failure.code()).isEqualTo("FILE_ENCRYPTED");
        assertThat(failure.details()).containsEntry("module", "gantry-poi");
        assertThat(failure.getMessage()).contains("'data.xlsx' is encrypted", "without a password", "gantry-poi");
    }

    @Test
    void other_packages_are_named() {
        unsupported(Books.zip(Map.of("xl/workbook.bin", "")), ".xlsb", "a binary workbook (.xlsb)", "save it as .xlsx");
        Map<String, String> binary = Books.parts("");
        binary.computeIfPresent("_rels/.rels", (path, xml) -> xml.replace("workbook.xml", "workbook.bin"));
        binary.put("xl/workbook.bin", "\u0001");
        unsupported(Books.zip(binary), ".xlsb", "a binary workbook (.xlsb)");
        unsupported(
                Books.zip(Map.of("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "")),
                ".ods",
                "an OpenDocument file (.ods)",
                "save it as .xlsx");
        unreadable(Books.zip(Map.of("word/document.xml", "")), "a text document (.docx)");
        unreadable(Books.zip(Map.of("ppt/presentation.xml", "")), "a presentation (.pptx)");
        unreadable(Books.zip(Map.of("a.csv", "1,2")), "a zip file without a workbook in it");
        unreadable(part("xl/workbook.xml", "<html/>"), "without a workbook in it");
        unreadable(part("xl/workbook.xml", "<workbook/>"), "'xl/workbook.xml'", "it names no sheet that has cells");
        unreadable(part("xl/_rels/workbook.xml.rels", "<none/>"), "it is not a list of relations");
    }

    @Test
    void a_workbook_that_is_cut_off_anywhere_says_so() {
        String rows = new Random(1)
                .ints(2_000, 0, 1 << 30)
                .mapToObj(value -> "<row><c><v>" + value + "</v></c></row>")
                .collect(Collectors.joining());
        byte[] whole = Books.sheet(rows);
        for (int length = 4; length < whole.length - 1; length += 97) {
            unreadable(Arrays.copyOf(whole, length), "its end is missing", "get the file again");
        }
    }

    @Test
    void parts_that_are_cut_off_inside_a_whole_package_say_where() {
        String sheet = Books.worksheet("<row r='5'><c r='A5'><v>1</v></c></row><row r='6'><c><v>2</v></c></row>");
        unreadable(
                part("xl/worksheets/sheet1.xml", sheet.substring(0, sheet.indexOf("2</v>"))),
                "sheet 'Data', row 6",
                "it ends in the middle");
        unreadable(part("xl/workbook.xml", "<workbook"), "part 'xl/workbook.xml'", "it ends in the middle");
    }

    @Test
    void damaged_packages_say_so() {
        Map<String, String> parts = Books.parts("<row><c t='inlineStr'><is><t>abcdefgh</t></is></c></row>");
        byte[] whole = stored(parts);
        byte[] damaged = whole.clone();
        damaged[indexOf(whole, "abcdefgh")] = 'x';
        unreadable(damaged, "sheet 'Data'", "do not give the checksum");

        byte[] packed = Books.sheet("<row><c><v>1</v></c></row>".repeat(5_000));
        int data = indexOf(packed, "sheet1.xml") + "sheet1.xml".length();
        Arrays.fill(packed, data, data + 20, (byte) 0xFF);
        unreadable(packed, "sheet 'Data'", "damaged or cut off");

        byte[] list = Books.sheet("");
        list[indexOf(list, "PK\1\2") + 3] = 9;
        unreadable(list, "the zip package is damaged");
    }

    private static int indexOf(byte[] bytes, String ascii) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(ascii);
    }

    private static byte[] stored(Map<String, String> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, String> part : parts.entrySet()) {
                byte[] content = part.getValue().getBytes(StandardCharsets.UTF_8);
                CRC32 crc = new CRC32();
                crc.update(content);
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void entities_are_not_even_looked_at() {
        String bomb = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>"
                + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>";
        String outside = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>";
        for (String type : new String[] {bomb, outside}) {
            unreadable(
                    part("xl/worksheets/sheet1.xml", type + Books.worksheet("<row><c t='str'><v>&c;</v></c></row>")),
                    "sheet 'Data'",
                    "document type declaration");
            unreadable(part("xl/workbook.xml", type + "<workbook/>"), "document type declaration");
            unreadable(part("xl/_rels/workbook.xml.rels", type + "<r/>"), "document type declaration");
        }
        Map<String, String> parts = Books.parts("<row><c t='s'><v>0</v></c></row>");
        parts.put("xl/sharedStrings.xml", bomb + "<sst><si><t>&c;</t></si></sst>");
        unreadable(Books.zip(parts), "shared text 1", "document type declaration");
    }

    @Test
    void references_into_nothing_say_where() {
        String missing = "a shared text that is not there; there are 0";
        unreadable(Books.sheet("<row r='7'><c t='s'><v>0</v></c></row>"), "sheet 'Data', row 7", missing);
        for (String wrong : new String[] {"-1", "1.5", "a", "1E1", "99999999999999999999"}) {
            unreadable(Books.sheet("<row><c t='s'><v>" + wrong + "</v></c></row>"), missing);
        }
        unreadable(Books.sheet("<row r='7'><c r='7'><v>0</v></c></row>"), "a reference that names no column");
        Map<String, String> parts = Books.parts("");
        parts.remove("xl/worksheets/sheet1.xml");
        unreadable(Books.zip(parts), "sheet 'Data'", "'xl/worksheets/sheet1.xml' is missing");
    }

    @Test
    void workbooks_changed_at_random_are_read_or_refused_but_nothing_else() {
        Random random = new Random(11);
        Map<String, String> parts = Books.parts(
                "<row r='1'><c r='A1' t='s' s='1'><v>0</v></c><c r='B1'><f>1</f><v>1.5</v></c></row>"
                        + "<row r='2'><c r='A2' t='inlineStr'><is><r><t>a_x0041_&amp;</t></r></is></c><c t='b'><v>1</v></c></row>");
        parts.put("xl/sharedStrings.xml", "<sst><si><t>abc</t></si></sst>");
        parts.put("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>");
        byte[] whole = Books.zip(parts);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] book = i % 3 == 0 ? changed(random, whole) : Books.zip(parts, changedPart(random, parts));
            try {
                Books.read(new Books.Memory("x.xlsx", book), FormatOptions.NONE, Limits.DEFAULT);
                read++;
            } catch (ProviderException e) {
                assertThat(e.code()).isIn("FILE_UNREADABLE", "LIMIT_EXCEEDED");
                refused++;
            } catch (Exception e) {
                throw new AssertionError("Change " + i + " gave " + e, e);
            }
        }
        assertThat(read).isGreaterThan(150);
        assertThat(refused).isGreaterThan(150);
    }

    private static Map<String, byte[]> changedPart(Random random, Map<String, String> parts) {
        String path = parts.keySet().stream().toList().get(random.nextInt(parts.size()));
        Map<String, byte[]> raw = new LinkedHashMap<>();
        raw.put(path, changed(random, parts.get(path).getBytes(StandardCharsets.UTF_8)));
        return raw;
    }

    private static byte[] changed(Random random, byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(copy.length);
            copy[at] = random.nextBoolean()
                    ? (byte) random.nextInt(256)
                    : (byte) "<>/&'\"=: 0A;".charAt(random.nextInt(12));
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length)) : copy;
    }

    @Test
    void temporary_copies_are_deleted_whatever_happens() throws Exception {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        long before = leftovers(folder);
        Books.read(Books.sheet("<row><c><v>1</v></c></row>"));
        failure(ascii("no"), Limits.DEFAULT);
        failure(part("xl/workbook.xml", "<a>"), Limits.DEFAULT);
        failure(Books.sheet("<row>"), Limits.DEFAULT);
        assertThat(leftovers(folder)).isEqualTo(before);
    }

    private static long leftovers(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("gantry-"))
                    .count();
        }
    }
}
