// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises files that are not text by their first bytes, so that nobody gets a thousand row errors for a picture. */
final class FileLook {

    private static final List<Magic> MAGICS = List.of(
            new Magic("a PNG picture", 0x89, 'P', 'N', 'G'),
            new Magic("a JPEG picture", 0xFF, 0xD8, 0xFF),
            new Magic("a GIF picture", 'G', 'I', 'F', '8', '7', 'a'),
            new Magic("a GIF picture", 'G', 'I', 'F', '8', '9', 'a'),
            new Magic("a PDF document", '%', 'P', 'D', 'F', '-'),
            new Magic("a file packed with gzip", 0x1F, 0x8B),
            new Magic("a file packed with Zstandard", 0x28, 0xB5, 0x2F, 0xFD),
            new Magic("a file packed with xz", 0xFD, '7', 'z', 'X', 'Z', 0),
            new Magic("a 7z archive", '7', 'z', 0xBC, 0xAF, 0x27, 0x1C),
            new Magic("an old or encrypted Office document", 0xD0, 0xCF, 0x11, 0xE0),
            new Magic("a file packed with bzip2", 'B', 'Z', 'h', '9'),
            new Magic(
                    "a SQLite database", 'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a', 't', ' ', '3', 0),
            new Magic("an Avro file", 'O', 'b', 'j', 1),
            new Magic("an ORC file", 'O', 'R', 'C', 0x0A),
            new Magic("an Arrow file", 'A', 'R', 'R', 'O', 'W', '1', 0),
            new Magic("a RAR archive", 'R', 'a', 'r', '!', 0x1A, 7),
            new Magic("a Parquet file", 'P', 'A', 'R', '1', 0x15));

    /** How HTML, XML, RTF and, without a group, JSON begin. */
    private static final Pattern MARKUP = Pattern.compile(
            "(?i)[\uFEFF\\s]*(?:"
                    + "(<(?:!doctype\\s+html|html|head|body|meta|table|style|div|script)[\\s>/])"
                    + "|(<\\?xml[\\s?])|(\\{\\\\rtf)"
                    + "|\\{\\s*\"[^\"]*\"\\s*:|\\{\\s*\\}\\s*\\z|\\[\\s*(?:\\{\\s*[\"}]|\\[\\s*[\"\\d\\[]|\"[^\"]*\"\\s*[,\\]]|\\]))");

    private static final Magic ZIP = new Magic("a ZIP archive", 'P', 'K', 3, 4);

    private FileLook() {}

    private record Magic(String name, int... bytes) {
        boolean begins(byte[] head) {
            if (head.length < bytes.length) {
                return false;
            }
            for (int i = 0; i < bytes.length; i++) {
                if ((head[i] & 0xFF) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Fails when a file cannot be text of that encoding. The head is its first kilobyte, or all of a shorter file. */
    static void requireText(String file, byte[] head, Charset charset) {
        requireNoMagic(file, head);
        requireNoMarkup(file, new String(head, charset));
        if (isWide(charset)) {
            return;
        }
        int nuls = 0;
        int odd = 0;
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                nuls++;
                odd += i & 1;
            }
        }
        if (nuls < 8 || nuls * 10 <= head.length) {
            return;
        }
        if (odd * 20 >= nuls * 19 || odd * 20 <= nuls) {
            String likely = odd * 2 > nuls ? "UTF-16LE" : "UTF-16BE";
            throw Failures.wide(file, likely);
        }
        throw Failures.notText(file, "a binary file (many NUL bytes)", "export it as CSV from where it comes");
    }

    static void requireNoMagic(String file, byte[] head) {
        if (ZIP.begins(head)) {
            String names = new String(head, StandardCharsets.ISO_8859_1);
            if (names.contains("[Content_Types].xml") || names.contains("xl/")) {
                throw Failures.notText(file, "an Excel workbook (XLSX)", "use format 'xlsx', or save the sheet as CSV");
            }
            throw Failures.notText(file, ZIP.name(), "unpack it first");
        }
        for (Magic magic : MAGICS) {
            if (magic.begins(head)) {
                throw Failures.notText(
                        file,
                        magic.name(),
                        magic.name().contains("packed") || magic.name().contains("archive")
                                ? "unpack it first"
                                : "upload the data as CSV");
            }
        }
    }

    /** Fails when a text is of a format that is no table of delimited text. */
    private static void requireNoMarkup(String file, String text) {
        Matcher begin = MARKUP.matcher(text);
        if (!begin.lookingAt()) {
            return;
        }
        boolean html = begin.group(1) != null;
        boolean xml = begin.group(2) != null;
        boolean rich = begin.group(3) != null;
        if (xml && text.contains("urn:schemas-microsoft-com:office:spreadsheet")) {
            throw Failures.notText(file, "an XML workbook of Excel 2003", "save the sheet as XLSX or CSV");
        }
        throw Failures.notText(
                file,
                html ? "an HTML page" : xml ? "an XML document" : rich ? "an RTF document" : "JSON",
                "export the data as CSV");
    }

    /** Whether NUL bytes are ordinary in an encoding. */
    private static boolean isWide(Charset charset) {
        return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    }
}
