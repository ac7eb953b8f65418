// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of a number: its 15 digits, its exact value, and what its cell shows. */
class FormsTest {

    private static byte[] book(String code, String... values) {
        StringBuilder row = new StringBuilder("<row>");
        for (String value : values) {
            row.append("<c s='1'><v>").append(value).append("</v></c>");
        }
        Map<String, String> parts = Books.parts(row.append("</row>").toString());
        String escaped = code.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
        parts.put(
                "xl/styles.xml",
                "<styleSheet xmlns='" + Books.MAIN + "'><numFmts><numFmt numFmtId='170' formatCode='" + escaped
                        + "'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='170'/></cellXfs></styleSheet>");
        return Books.zip(parts);
    }

    private static String forms(byte[] book, int place) throws IOException {
        try (RecordReader reader =
                new XlsxFormat().reader(new Books.Memory("x.xlsx", book), FormatOptions.NONE, Limits.DEFAULT)) {
            TextBatch batch = new TextBatch(1);
            assertThat(reader.read(batch)).isTrue();
            return Books.forms(batch, 0, place);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "00000~4101~4101||04101",
                "00000~123456~123456||",
                "00000~-41~-41||-00041",
                "000\\-000\\-0000~5551234567~5551234567||555-123-4567",
                "(000) 000-0000~15551234567~15551234567||(1555) 123-4567",
                "\"ID-\"0000~7~7||ID-0007",
                "0\" kg\"~12~12||12 kg",
                "0.00~12.5~12.5||12.50",
                "0.00~12.34~12.34||",
                "0.00~12.345~12.345||",
                "0.0#~12~12||12.0",
                "#.##~12~12||",
                "0%~0.15~0.15||15%",
                "0.0%~0.155~0.155||15.5%",
                "0%~0.155~0.155||",
                "[Red]0000~7~7||0007",
                "[$€-407] 0~7~7||€ 7",
                "0;(0)~-7~-7||(7)",
                "0000;-0000;\"none\"~0~0||none",
                "\"yes\";\"no\"~1~1||yes",
                ";;;~1~1||",
                "[>5]0000;0~7~7||",
                "#,##0.00~1234.5~1234.5||",
                "0.00E+00~1234.5~1234.5||",
                "# ?/?~0.5~0.5||",
                "General~4101~4101||",
                "00000~0.30000000000000004~0.3|0.30000000000000004|",
                "0~4111111111111111~4111111111111110|4111111111111111|"
            })
    void a_number_has_what_its_format_shows(String code, String value, String expected) throws Exception {
        byte[] book = book(code, value);
        assertThat(forms(book, 0)).isEqualTo(expected);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        TextBatch batch = new TextBatch(1);
        try (RecordReader reader =
                        new XlsxFormat().reader(new Books.Memory("x.xlsx", book), FormatOptions.NONE, Limits.DEFAULT);
                var copier = new XlsxFormat().copier(copy, FormatOptions.NONE)) {
            reader.read(batch);
            copier.copy(List.of(), batch, 0, 0);
        }
        assertThat(forms(copy.toByteArray(), 0)).as("its copy").isEqualTo(expected);
    }

    @Test
    void built_in_formats_are_known() throws Exception {
        Map<String, String> parts = Books.parts("<row><c s='1'><v>0.5</v></c><c s='2'><v>1.5</v></c></row>");
        parts.put(
                "xl/styles.xml",
                "<styleSheet xmlns='" + Books.MAIN
                        + "'><cellXfs><xf/><xf numFmtId='9'/><xf numFmtId='2'/></cellXfs></styleSheet>");
        assertThat(forms(Books.zip(parts), 0)).isEqualTo("0.5||50%");
        assertThat(forms(Books.zip(parts), 1)).isEqualTo("1.5||1.50");
    }
}
