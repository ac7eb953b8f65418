// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.ImportMappingBuilder;
import io.gantry.mapping.Reading.ClockChange;
import io.gantry.mapping.Reading.Negative;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cells become that people and programs write in their own way. */
class ValuesTest {

    private final ValueImports imports = new ValueImports();

    @AfterEach
    void close() {
        imports.close();
    }

    private static UnaryOperator<ImportMappingBuilder> plain() {
        return mapping -> mapping;
    }

    @Test
    void a_minus_is_only_read_where_the_mapping_says_that_it_stands() {
        assertThat(imports.read("amount", plain(), "-250.00", "250.00-", "(99.50)", "\u2212250", "20.00 CR", "+5"))
                .containsExactly("-250.00", "NOT_A_DECIMAL", "NOT_A_DECIMAL", "NOT_A_DECIMAL", "NOT_A_DECIMAL", "5");
        assertThat(imports.read(
                        "amount",
                        mapping -> mapping.negative(
                                Negative.LEADING, Negative.TRAILING, Negative.PARENTHESES, Negative.MINUS_SIGN),
                        "-250.00",
                        "250.00-",
                        "250.00 -",
                        "(99.50)",
                        "\u2212250",
                        "250\u2212",
                        "- 5",
                        "12"))
                .containsExactly("-250.00", "-250.00", "-250.00", "-99.50", "-250", "-250", "-5", "12");
        assertThat(imports.read("whole", mapping -> mapping.negative(Negative.TRAILING), "5-", "-5", "5"))
                .containsExactly("-5", "NOT_AN_INTEGER", "5");
    }

    @Test
    void a_number_with_two_signs_is_no_number() {
        assertThat(imports.read(
                        "amount",
                        mapping -> mapping.negative(
                                Negative.LEADING, Negative.TRAILING, Negative.PARENTHESES, Negative.CREDIT),
                        "-5-",
                        "(-5)",
                        "(5)-",
                        "--5",
                        "-5 CR",
                        "CR 5 DR",
                        "()",
                        "(5",
                        "-"))
                .containsOnly("NOT_A_DECIMAL");
    }

    @Test
    void a_price_without_cents_is_not_negative() {
        assertThat(imports.read(
                        "amount",
                        mapping -> mapping.ignore("CHF")
                                .negative(Negative.LEADING, Negative.TRAILING, Negative.MINUS_SIGN),
                        "CHF 250.-",
                        "250.\u2013",
                        "250,-",
                        "250-"))
                .containsExactly("NOT_A_DECIMAL", "NOT_A_DECIMAL", "NOT_A_DECIMAL", "-250");
    }

    @Test
    void credits_and_debits_have_the_sign_that_the_mapping_gives_them() {
        assertThat(imports.read(
                        "amount",
                        mapping -> mapping.negative(Negative.LEADING, Negative.CREDIT),
                        "CR 20.00",
                        "20.00 CR",
                        "20.00cr.",
                        "20.00 DR",
                        "Dr. 20.00",
                        "20.00",
                        "20.00 CRX"))
                .containsExactly("-20.00", "-20.00", "-20.00", "20.00", "20.00", "20.00", "NOT_A_DECIMAL");
        assertThat(imports.read(
                        "amount",
                        mapping -> mapping.negative(Negative.DEBIT).locale(Locale.GERMANY),
                        "1.234,56 S",
                        "1.234,56 H"))
                .containsExactly("-1234.56", "1234.56");
    }

    @Test
    void signs_and_currencies_may_stand_in_any_order() {
        assertThat(imports.read(
                        "amount",
                        mapping -> mapping.locale(Locale.GERMANY)
                                .ignore("€")
                                .negative(Negative.LEADING, Negative.TRAILING, Negative.PARENTHESES),
                        "-€ 1.234,50",
                        "€ -1.234,50",
                        "1.234,50- €",
                        "1.234,50 €-",
                        "(1.234,50 €)",
                        "(1.234,50) €",
                        "99,00\u00a0€",
                        "\u202f99,00\u202f€\u00a0"))
                .containsExactly(
                        "-1234.50", "-1234.50", "-1234.50", "-1234.50", "-1234.50", "-1234.50", "99.00", "99.00");
    }

    @Test
    void percents_are_hundredths_when_the_mapping_says_so() {
        UnaryOperator<ImportMappingBuilder> percent = mapping -> mapping.percent();
        assertThat(imports.read("amount", plain(), "15%")).containsExactly("NOT_A_DECIMAL");
        assertThat(imports.read(
                        "amount", percent, "15%", "12.5 %", "%5", ".5%", "100%", "-3%", "0.15", "1e2%", "%", "15%%"))
                .containsExactly(
                        "0.15",
                        "0.125",
                        "0.05",
                        "0.005",
                        "1.00",
                        "-0.03",
                        "0.15",
                        "NOT_A_DECIMAL",
                        "NOT_A_DECIMAL",
                        "NOT_A_DECIMAL");
        assertThat(imports.read("ratio", percent, "15%", "7.5%")).containsExactly("0.15", "0.075");
        assertThat(imports.read("whole", percent, "100%", "15%", "100000%"))
                .containsExactly("1", "NOT_AN_INTEGER", "1000");
        assertThat(imports.read("amount", mapping -> mapping.percent().locale(Locale.GERMANY), "1.234,5 %"))
                .containsExactly("12.345");
    }

    @Test
    void a_percent_cell_of_a_workbook_is_what_the_same_percent_is_in_a_text_file() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (XSSFWorkbook workbook = new XSSFWorkbook()) {
            var sheet = workbook.createSheet();
            sheet.createRow(0).createCell(0).setCellValue("id");
            sheet.getRow(0).createCell(1).setCellValue("amount");
            sheet.createRow(1).createCell(0).setCellValue("1");
            var percent = sheet.getRow(1).createCell(1);
            percent.setCellValue(0.15);
            var style = workbook.createCellStyle();
            style.setDataFormat(workbook.createDataFormat().getFormat("0%"));
            percent.setCellStyle(style);
            sheet.createRow(2).createCell(0).setCellValue("2");
            sheet.getRow(2).createCell(1).setCellValue("15%");
            workbook.write(bytes);
        }
        imports.workspace
                .pipelines()
                .createActive(NewPipeline.importing(
                        "workbook",
                        "cells",
                        FileFormat.xlsx(),
                        ValueImports.mapping("amount", mapping -> mapping.percent())));
        String ref = imports.workspace
                .store("cells.xlsx", new ByteArrayInputStream(bytes.toByteArray()))
                .ref();
        imports.workspace.runs().submit(RunRequest.ofStored("workbook", ref)).await();
        assertThat(imports.cells.records())
                .extracting(ValueImports.Cell::amount)
                .containsExactly(new BigDecimal("0.15"), new BigDecimal("0.15"));
    }

    @Test
    void whole_numbers_may_be_written_with_zeros_behind_the_point() {
        assertThat(imports.read("whole", plain(), "12.0", "12.00", "-12.0", "12.5", "1234.000", "0.000", "12.", ".0"))
                .containsExactly("12", "12", "-12", "NOT_AN_INTEGER", "1234", "0", "NOT_AN_INTEGER", "NOT_AN_INTEGER");
        assertThat(imports.read("whole", plain(), "9223372036854775807.0", "9223372036854775808.0"))
                .containsExactly("9223372036854775807", "OUT_OF_RANGE");
    }

    @Test
    void what_may_be_thousands_or_decimals_is_only_read_by_a_locale() {
        assertThat(imports.read("whole", plain(), "1,000", "1.000", "12.000")).containsOnly("NOT_AN_INTEGER");
        assertThat(imports.read("whole", mapping -> mapping.locale(Locale.US), "1,000", "1,000.0", "1,00", "1,000.5"))
                .containsExactly("1000", "1000", "NOT_AN_INTEGER", "NOT_AN_INTEGER");
        assertThat(imports.read("whole", mapping -> mapping.locale(Locale.GERMANY), "1.000", "1.000,0", "12,0"))
                .containsExactly("1000", "1000", "12");
    }

    @Test
    void years_of_two_digits_need_a_century() {
        assertThat(imports.read("day", plain(), "15.06.91", "4/23/54", "4-Jul-54", "0024-01-15", "yesterday"))
                .containsExactly("TWO_DIGIT_YEAR", "TWO_DIGIT_YEAR", "TWO_DIGIT_YEAR", "TWO_DIGIT_YEAR", "NOT_A_DATE");
        assertThat(imports.read("day", mapping -> mapping.format("dd/MM/uuuu"), "15/06/0024", "15/06/91"))
                .containsOnly("TWO_DIGIT_YEAR");
        UnaryOperator<ImportMappingBuilder> pivot =
                mapping -> mapping.format("d.M.uu", "d-MMM-uu").pivot(2030);
        assertThat(imports.read("day", pivot, "15.06.91", "15.06.30", "15.06.31", "4-Jul-54", "29.02.00", "29.02.99"))
                .containsExactly("1991-06-15", "2030-06-15", "1931-06-15", "1954-07-04", "2000-02-29", "NOT_A_DATE");
        assertThat(imports.read("day", mapping -> mapping.format("d-MMM-uu").pivot(1999), "29-Feb-00"))
                .containsExactly("NOT_A_DATE");
        assertThat(imports.read("at", plain(), "0024-01-15T10:00:00")).containsExactly("TWO_DIGIT_YEAR");
        assertThat(imports.read("day", mapping -> mapping.min("0001-01-01"), "0024-01-15"))
                .containsExactly("0024-01-15");
    }

    @Test
    void fractions_of_seconds_are_read_and_cut_with_a_warning() {
        assertThat(imports.read(
                        "at",
                        plain(),
                        "2024-07-01T10:00:00.1",
                        "2024-07-01T10:00:00.123456",
                        "2024-07-01T10:00:00.1234567",
                        "2024-07-01T10:00:00.123456000",
                        "2024-07-01T10:00:00.1234567891"))
                .containsExactly(
                        "2024-07-01T10:00:00.100Z",
                        "2024-07-01T10:00:00.123456Z",
                        "2024-07-01T10:00:00.123456Z FRACTION_CUT",
                        "2024-07-01T10:00:00.123456Z",
                        "NOT_A_TIMESTAMP");
        assertThat(imports.read(
                        "at",
                        mapping -> mapping.format("dd.MM.uuuu HH:mm:ss.SSSSSSS", "MMM d uuuu HH:mm:ss.SSSSSSSSS"),
                        "01.07.2024 10:00:00.1234567",
                        "Jul 1 2024 10:00:00.123456789",
                        "Jul 1 2024 10:00:00.123456000"))
                .containsExactly(
                        "2024-07-01T10:00:00.123456Z FRACTION_CUT",
                        "2024-07-01T10:00:00.123456Z FRACTION_CUT",
                        "2024-07-01T10:00:00.123456Z");
        assertThat(imports.read("time", plain(), "10:00:00.123456789")).containsExactly("10:00:00.123456 FRACTION_CUT");
    }

    @Test
    void offsets_are_read_as_programs_write_them() {
        assertThat(imports.read(
                        "at",
                        plain(),
                        "2024-07-01T12:00:00+0200",
                        "2024-07-01T12:00:00+02:00",
                        "2024-07-01 12:00:00+02",
                        "2024-07-01 12:00:00 +0200",
                        "2024-07-01t10:00:00z",
                        "2024-07-01T10:00Z"))
                .containsOnly("2024-07-01T10:00:00Z");
    }

    @Test
    void a_time_that_the_clocks_skip_or_show_twice_is_refused_unless_the_mapping_says_what_it_is() {
        UnaryOperator<ImportMappingBuilder> berlin = mapping -> mapping.zone(ZoneId.of("Europe/Berlin"));
        String[] times = {
            "2024-03-31T02:30:00", "2024-10-27T02:30:00", "2024-10-27T03:00:00", "2024-10-27T02:30:00+01:00"
        };
        assertThat(imports.read("at", berlin, times))
                .containsExactly("TIME_IN_GAP", "TIME_AMBIGUOUS", "2024-10-27T02:00:00Z", "2024-10-27T01:30:00Z");
        assertThat(imports.read("at", mapping -> berlin.apply(mapping).clockChange(ClockChange.EARLIER), times))
                .startsWith("2024-03-31T00:30:00Z", "2024-10-27T00:30:00Z");
        assertThat(imports.read("at", mapping -> berlin.apply(mapping).clockChange(ClockChange.LATER), times))
                .startsWith("2024-03-31T01:30:00Z", "2024-10-27T01:30:00Z");
        assertThat(imports.read(
                        "at",
                        mapping -> mapping.format("uuuu-MM-dd HH:mm VV"),
                        "2024-10-27 02:30 America/New_York",
                        "2024-11-03 01:30 America/New_York",
                        "2024-03-10 02:30 America/New_York"))
                .containsExactly("2024-10-27T06:30:00Z", "TIME_AMBIGUOUS", "TIME_IN_GAP");
    }

    @Test
    void a_date_may_have_midnight_behind_it_and_no_other_time() {
        assertThat(imports.read(
                        "day",
                        plain(),
                        "2024-01-01 00:00:00",
                        "2024-01-01T00:00",
                        "2024-01-01T00:00:00Z",
                        "2024-01-01 00:00:01",
                        "2024-01-01 00:00:00.0000001"))
                .containsExactly("2024-01-01", "2024-01-01", "2024-01-01", "TIME_NOT_MIDNIGHT", "TIME_NOT_MIDNIGHT");
        assertThat(imports.read(
                        "day", mapping -> mapping.format("dd/MM/uuuu HH:mm"), "01/02/2024 00:00", "01/02/2024 10:30"))
                .containsExactly("2024-02-01", "TIME_NOT_MIDNIGHT");
        assertThat(imports.read("day", mapping -> mapping.format("iso", "dd/MM/uuuu"), "2024-01-01", "31/12/2024", "x"))
                .containsExactly("2024-01-01", "2024-12-31", "NOT_A_DATE");
    }

    @Test
    void trim_takes_every_blank_and_every_mark_that_cannot_be_seen() {
        assertThat(imports.read(
                        "text",
                        mapping -> mapping.trim(),
                        "A1\u00a0",
                        "\u200bA1",
                        "\ufeffA1\u00ad",
                        "\u3000A1\u2028",
                        "\u202fA1\u2060\u200e ",
                        "A\u00a01",
                        "é\u00a0",
                        "\u00a0"))
                .containsExactly("A1", "A1", "A1", "A1", "A1", "A\u00a01", "é", "null");
        assertThat(imports.read("text", plain(), "A1\u00a0")).containsExactly("A1\u00a0");
        assertThat(imports.read("whole", plain(), "\u00a012\u200b")).containsExactly("12");
        assertThat(imports.read("day", plain(), "2024-01-01\u00a0")).containsExactly("2024-01-01");
    }

    @Test
    void keys_are_the_same_once_trimmed_and_one_that_hides_something_is_warned_of() {
        ImportMapping trimmed = ImportMapping.of(mapping ->
                mapping.column("id").trim().column("text").skipInvalidRows().upsert());
        Run run = imports.run(trimmed, "id,text\nA1,a\nA1\u00a0,b\n\u200bA1,c\nA\u200b2,d\n");
        assertThat(run.report().issues())
                .extracting(issue -> issue.code() + " " + issue.count() + " " + issue.warning())
                .containsExactlyInAnyOrder("DUPLICATE_KEY 2 false", "HIDDEN_CHARACTER 1 true");
        ImportMapping plain = ImportMapping.of(
                mapping -> mapping.columns("id", "text").skipInvalidRows().upsert());
        assertThat(imports.run(plain, "id,text\nB1,a\nB1\u00a0,b\n B1,c\nB1,d\n")
                        .report()
                        .issues())
                .extracting(issue -> issue.code() + " " + issue.count() + " " + issue.warning())
                .containsExactlyInAnyOrder("DUPLICATE_KEY 1 false", "HIDDEN_CHARACTER 2 true");
    }

    @Test
    void an_address_has_no_blanks_and_nothing_that_cannot_be_seen() {
        UnaryOperator<ImportMappingBuilder> email = mapping -> mapping.email();
        assertThat(imports.read(
                        "text",
                        email,
                        "ada@example.org",
                        "ada@example.org\u00a0",
                        "\u200bada@example.org",
                        "a\u00adda@example.org",
                        "ada@exam\ufeffple.org"))
                .containsExactly("ada@example.org", "EMAIL", "EMAIL", "EMAIL", "EMAIL");
        assertThat(imports.read(
                        "text", mapping -> mapping.email().trim(), "ada@example.org\u00a0", "a\u200bda@example.org"))
                .containsExactly("ada@example.org", "EMAIL");
    }

    @Test
    void definitions_that_would_make_numbers_or_dates_wrong_are_refused() {
        assertThat(List.of(
                        refused("day", mapping -> mapping.format("d.M.uu")),
                        refused("amount", mapping -> mapping.ignore("-")),
                        refused("amount", mapping -> mapping.negative(Negative.CREDIT, Negative.DEBIT)),
                        refused("amount", mapping -> mapping.negative()),
                        refused("text", mapping -> mapping.percent()),
                        refused("day", mapping -> mapping.clockChange(ClockChange.EARLIER)),
                        refused("amount", mapping -> mapping.pivot(2030)),
                        refused("day", mapping -> mapping.format("d.M.uu").pivot(30))))
                .satisfiesExactly(
                        text -> assertThat(text).contains("'pivot' must give the latest year"),
                        text -> assertThat(text).contains("has a digit or a sign, and changes the number"),
                        text -> assertThat(text).contains("only one of them can be negative"),
                        text -> assertThat(text).contains("must not be empty"),
                        text -> assertThat(text).contains("percent: goes with numbers"),
                        text -> assertThat(text).contains("clockChange: goes with timestamps"),
                        text -> assertThat(text).contains("pivot: goes with dates and timestamps"),
                        text -> assertThat(text).contains("must be greater than or equal to 1000"));
    }

    private String refused(String field, UnaryOperator<ImportMappingBuilder> reading) {
        try {
            imports.run(ValueImports.mapping(field, reading), "id," + field + "\n");
            return "";
        } catch (io.gantry.GantryException e) {
            return e.getMessage();
        }
    }
}
