// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** Tells by its first bytes what a file is that is no package. */
final class FileLook {

    private static final String SAVE = "open it in a spreadsheet program and save it as .xlsx";
    private static final String RIGHT_FILE = "choose the workbook itself";

    private static final Map<String, String> MAGIC = Map.of(
            "89504e47", "a PNG picture",
            "ffd8ff", "a JPEG picture",
            "47494638", "a GIF picture",
            "25504446", "a PDF document",
            "1f8b", "a gzip archive",
            "377abcaf", "a 7z archive",
            "52617221", "a RAR archive");

    private FileLook() {}

    /**
     * Checks that a file begins as a package does.
     *
     * @param head its first bytes, all of them or some thousand
     * @throws ProviderException that says what it looks like
     */
    static void check(String name, byte[] head, long length) {
        if (length == 0) {
            throw Failures.notAWorkbook(name, "is empty", "get the file again from where it came from");
        }
        String start = HexFormat.of().formatHex(head, 0, Math.min(8, head.length));
        if (start.startsWith("504b0304") || start.startsWith("504b0506")) {
            return;
        }
        if (start.startsWith("09000400") || start.startsWith("09020600") || start.startsWith("09040600")) {
            throw Failures.unsupported(name, ".xls", "a workbook of Excel 4 or older", "");
        }
        throw other(name, start, new String(head, StandardCharsets.ISO_8859_1));
    }

    private static ProviderException other(String name, String start, String head) {
        for (Map.Entry<String, String> magic : MAGIC.entrySet()) {
            if (start.startsWith(magic.getKey())) {
                return Failures.notAWorkbook(name, "looks like " + magic.getValue(), RIGHT_FILE);
            }
        }
        String text = head.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("<")) {
            if (text.contains("urn:schemas-microsoft-com:office:spreadsheet")) {
                return Failures.unsupported(name, ".xml", "a spreadsheet in the XML form of 2003", "");
            }
            return text.contains("opendocument")
                    ? Failures.unsupported(name, ".fods", "an OpenDocument file", "")
                    : Failures.notAWorkbook(name, "looks like a page of HTML or XML", SAVE);
        }
        return isText(head)
                ? Failures.notAWorkbook(name, "looks like plain text, such as CSV", "read it with the format 'csv'")
                : Failures.notAWorkbook(
                        name, "begins with the bytes " + start + ", which no workbook does", RIGHT_FILE);
    }

    private static boolean isText(String head) {
        boolean wide = head.startsWith("\u00FF\u00FE") || head.startsWith("\u00FE\u00FF");
        return wide || head.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f');
    }
}
