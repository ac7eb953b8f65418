// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.DetectingFormat.Detection;
import io.gantry.spi.records.DetectingFormat.Evidence;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDetectionTest {

    /** Where the header is in files whose first record it is not. */
    private static final Map<String, Integer> HEADERS =
            Map.of("edge-csv/essential.csv", 2, "edge-csv/essential-dos.csv", 2, "edge-csv/essential-mac.csv", 2);

    /** Files of the test data with lines that begin with a number sign, whether the manifest calls them comments or not. */
    private static final Set<String> COMMENTED = Set.of(
            "edge-csv/essential.csv",
            "edge-csv/essential-dos.csv",
            "edge-csv/essential-mac.csv",
            "edge-csv/matrix-with-comment.csv",
            "edge-csv/skip-rows-before-headers.csv",
            "edge-csv/commons-test.csv");

    /** A letter or two beyond ASCII, or ones that were garbled before. */
    private static final Set<String> UNSURE =
            Set.of("edge-csv/latin1.csv", "datasets/dirty-avengers.csv", "datasets/dirty-food-world-cup.csv");

    static Stream<Manifest.Entry> entries() throws IOException {
        return Manifest.entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void the_dialect_of_every_file_of_the_test_data_is_found(Manifest.Entry entry) throws IOException {
        String name = entry.toString();
        FormatOptions right = entry.options();
        Detection found;
        if (UNSURE.contains(name)) {
            ProviderException failure = catchThrowableOfType(ProviderException.class, () -> detect(entry.file()));
            assertThat(failure.code()).isEqualTo("ENCODING_UNSURE");
            found = new CsvFormat()
                    .detect(
                            entry.file(),
                            FormatOptions.NONE.with("encoding", right.get("encoding", "UTF-8")),
                            Limits.DEFAULT);
        } else {
            found = detect(entry.file());
        }
        assertThat(found.options().get("delimiter")).isEqualTo(right.get("delimiter"));
        assertThat(found.options().get("quote")).isEqualTo(right.get("quote"));
        assertThat(found.options().get("comment")).isEqualTo(COMMENTED.contains(name) ? "#" : null);
        assertThat(found.headerRow()).isEqualTo(HEADERS.getOrDefault(name, 1));
        if (COMMENTED.contains(name) == (right.get("comment") != null) && right.get("escape") == null) {
            assertThat(Manifest.canonicalSha256(
                            Found.cells(entry.file(), found.options().with("spaceBeforeQuote", "text"))))
                    .isEqualTo(entry.expected().get("canonical_sha256").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|", "^", "~", "\u0001"})
    void a_delimiter_is_found_by_the_evenness_of_the_records(String delimiter) throws IOException {
        String text = """
                id,name,born,balance
                1,"Müller; Anna, Dr.",1990-01-31,"1,5"
                2,O'Brien,1985-12-01,20.25
                3,"with | and ^ and ~",2001-07-15,3
                """.replace(",", "\u0000")
                .replace("Anna\u0000", "Anna,")
                .replace("1\u00005", "1,5")
                .replace("\u0000", delimiter);
        Detection found = detect(MemoryFile.of(text));
        assertThat(found.options().get("delimiter")).isEqualTo(delimiter);
        assertThat(found.options().get("quote")).isEqualTo("\"");
        assertThat(found.headerRow()).isEqualTo(1);
    }

    @Test
    void decimal_commas_do_not_hide_semicolons() throws IOException {
        Detection found = detect(MemoryFile.of("x;y;z\n1,5;2,5;3,5\n4,5;5,5;6,5\n7,5;8,5;9,5\n"));
        assertThat(found.options().get("delimiter")).isEqualTo(";");
        assertThat(evidence(found, "delimiter").reason()).isEqualTo("4 of 4 records have 3 cells");
        assertThat(evidence(found, "delimiter").confidence()).isGreaterThan(0.6);
    }

    @Test
    void single_quotes_are_found_and_apostrophes_are_none() throws IOException {
        assertThat(detect(MemoryFile.of("id,name\n1,'a, b'\n2,'c, d'\n3,'e'\n"))
                        .options()
                        .get("quote"))
                .isEqualTo("'");
        assertThat(detect(MemoryFile.of("id,name\n1,it's\n2,'tis\n3,x\n"))
                        .options()
                        .get("quote"))
                .isEqualTo("\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"id\",\"name\"\n\"1\",\"Ada\"\n2,'tis\n3,'twas\n\"4\",\"Bo",
                "id,name\n1,Ada\n2,\"Bob\n3,Joe\n",
            })
    void a_quote_that_is_never_closed_is_one_all_the_same(String text) throws IOException {
        assertThat(detect(MemoryFile.of(text)).options().get("quote")).isEqualTo("\"");
    }

    @Test
    void quotes_that_are_only_inches_are_none() throws IOException {
        Detection found = detect(MemoryFile.of("size\tname\n\"5\tpipe\n6\"\tpipe\n\"7\ttube\n9\"\ttube\n8\"\ttube\n"));
        assertThat(found.options().get("quote")).isEqualTo("none");
        assertThat(found.options().get("delimiter")).isEqualTo("\t");
    }

    @Test
    void escapes_are_found_where_the_records_need_them() throws IOException {
        Detection found = detect(
                MemoryFile.of("id,note\n1,\"say \\\"hi\\\", you\"\n2,\"a \\\"b\\\", c\"\n3,\"d\\\", e\"\n4,plain\n"));
        assertThat(found.options().get("escape")).isEqualTo("\\");
        assertThat(detect(MemoryFile.of("id,path\n1,\"C:\\dir\\\"\n2,\"D:\\x\\\"\n"))
                        .options()
                        .get("escape"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8,1",
        "UTF-16LE,1",
        "UTF-16BE,1",
        "UTF-32LE,1",
    })
    void a_byte_order_mark_is_certain(String encoding, double confidence) throws IOException {
        Detection found = detect(MemoryFile.of("\uFEFFid,name\n1,x\n2,y\n", Charset.forName(encoding)));
        assertThat(found.options().get("encoding")).isEqualTo(encoding);
        assertThat(evidence(found, "encoding").confidence()).isEqualTo(confidence);
        assertThat(found.headerRow()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16LE,Zoë,UTF-16LE",
        "UTF-16BE,Zoë,UTF-16BE",
        "UTF-8,Zoë,UTF-8",
        "US-ASCII,Zoe,UTF-8",
        "windows-1252,Jörg Müller 5 €,windows-1252",
        "ISO-8859-2,Łukasz Żółć Świętosława,ISO-8859-2",
        "KOI8-R,Пётр Иванов,KOI8-R",
        "Shift_JIS,ひらがなとカタカナのテキスト,Shift_JIS",
    })
    void an_encoding_is_found_by_its_bytes(String encoding, String name, String expected) throws IOException {
        MemoryFile file = MemoryFile.of("id,name\n1," + name + "\n2,y\n", Charset.forName(encoding));
        Detection found = detect(file);
        assertThat(found.options().get("encoding")).isEqualTo(expected);
        assertThat(Found.cells(file, found.options()).get(1)).containsExactly("1", name);
    }

    @ParameterizedTest
    @CsvSource({"lf,'\n'", "crlf,'\r\n'", "cr,'\r'"})
    void a_line_end_is_found_outside_of_quotes(String name, String lineEnd) throws IOException {
        String text = "id,note\n1,\"a\n\n\rb\"\n2,\"\r\r\r\"\n".replaceAll("(?<=note|\\d,\"a\n\n\rb\"|\")\n", lineEnd);
        assertThat(detect(MemoryFile.of(text)).options().get("lineEnd")).isEqualTo(name);
    }

    @Test
    void a_file_without_a_header_has_none() throws IOException {
        Detection found = detect(MemoryFile.of("1,Anna,1990-01-01\n2,Bob,1985-02-03\n3,Eve,1970-04-05\n"));
        assertThat(found.headerRow()).isZero();
        assertThat(evidence(found, "headerRow").reason()).contains("values like those of the records below");
    }

    @Test
    void records_before_the_header_are_passed() throws IOException {
        Detection found = detect(
                MemoryFile.of(
                        "Monthly report,,,\nprinted by,Anna,,\nid,name,born,score\n1,Bob,1990-01-01,2.5\n2,Eve,1991-01-01,3\n"));
        assertThat(found.headerRow()).isEqualTo(3);
        assertThat(evidence(found, "headerRow").reason()).contains("behind 2 records");
    }

    @Test
    void years_may_be_names_of_columns() throws IOException {
        assertThat(detect(MemoryFile.of("country,2019,2020,2021\nA,10.5,11,12\nB,20,21,22.5\n"))
                        .headerRow())
                .isEqualTo(1);
    }

    @Test
    void one_column_needs_no_delimiter() throws IOException {
        Detection found = detect(MemoryFile.of("value\n1\n2\n3\n"));
        assertThat(found.options().get("delimiter")).isEqualTo(",");
        assertThat(evidence(found, "delimiter").confidence()).isLessThan(0.5);
        assertThat(found.headerRow()).isEqualTo(1);
    }

    @Test
    void given_options_are_kept_and_have_no_evidence() throws IOException {
        FormatOptions given = FormatOptions.NONE
                .with("delimiter", ":")
                .with("quote", "none")
                .with("encoding", "ISO-8859-1")
                .with("comment", "%")
                .with("lineEnd", "crlf");
        Detection found = new CsvFormat().detect(MemoryFile.of("a,b:c\n1,2:3\n"), given, Limits.DEFAULT);
        assertThat(found.options()).isEqualTo(given);
        assertThat(found.evidence()).extracting(Evidence::option).containsExactly("headerRow");
        assertThatThrownBy(() -> new CsvFormat().detect(MemoryFile.of("a"), given.with("quote", "::"), Limits.DEFAULT))
                .hasMessageContaining("Option 'quote' is '::'");
    }

    @Test
    void a_file_cut_off_by_the_look_at_its_beginning_is_detected_all_the_same() throws IOException {
        String text = "id;note\n" + "1;\"a, b\nc; d\"\n".repeat(40_000);
        for (int shift = 0; shift < 14; shift++) {
            Detection found = detect(MemoryFile.of(" ".repeat(shift) + text));
            assertThat(found.options().get("delimiter")).isEqualTo(";");
            assertThat(found.options().get("quote")).isEqualTo("\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "x", "\uFEFF", ",", "\"", "'", "#", "\"\n\n\n"})
    void next_to_nothing_is_no_problem(String text) throws IOException {
        Detection found = detect(MemoryFile.of(text));
        assertThat(found.headerRow()).isBetween(0, 1);
        assertThat(found.evidence())
                .allSatisfy(evidence -> assertThat(evidence.confidence()).isBetween(0.0, 1.0));
        new CsvFormat().check(found.options());
    }

    @Test
    void a_picture_is_refused() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13};
        assertThatThrownBy(() -> detect(MemoryFile.of(png))).hasMessageContaining("looks like a PNG picture");
    }

    private static Detection detect(MemoryFile file) throws IOException {
        return new CsvFormat().detect(file, FormatOptions.NONE, Limits.DEFAULT);
    }

    private static Evidence evidence(Detection found, String option) {
        List<Evidence> all = found.evidence().stream()
                .filter(evidence -> evidence.option().equals(option))
                .toList();
        assertThat(all).hasSize(1);
        assertThat(all.get(0).reason()).isNotBlank();
        return all.get(0);
    }
}
