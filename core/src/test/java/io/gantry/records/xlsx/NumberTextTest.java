// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);
    private static final String NONE = "none";

    private static String written(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        NumberText number = new NumberText();
        if (!number.parse(bytes, bytes.length)) {
            return NONE;
        }
        byte[] into = new byte[NumberText.LONGEST];
        return new String(into, 0, number.write(bytes, bytes.length, into, 0), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0,0",
        "0.0,0",
        "-0.000,0",
        "1,1",
        "007,7",
        "+5,5",
        "-5,-5",
        "1.50,1.5",
        ".5,0.5",
        "5.,5",
        "100,100",
        "0.1,0.1",
        "0.30000000000000004,0.3",
        "1E3,1000",
        "1.5e-3,0.0015",
        "1.0E+2,100",
        "-2.5E1,-25",
        "123456789012345,123456789012345",
        "1234567890123456,1234567890123460",
        "12345678901234567,12345678901234600",
        "1000000000000005,1000000000000000",
        "1000000000000015,1000000000000020",
        "10000000000000050,10000000000000000",
        "100000000000000500,100000000000000000",
        "100000000000000501,100000000000000000",
        "1000000000000005000001,1000000000000000000000",
        "0.1234567890123455,0.123456789012345",
        "0.1234567890123445,0.123456789012344",
        "1.000000000000005,1.00000000000001",
        "-1.000000000000005,-1.00000000000001",
        "1.1000000000000001,1.1",
        "999999999999999.9,1000000000000000",
        "0.00001,0.00001",
        "1E-7,0.0000001"
    })
    void numbers_are_written_as_people_write_them(String text, String expected) {
        assertThat(written(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "e5", "1e", "1e+", "1e5x", "1 ", " 1", "1,5", "0x1", "NaN", "1E400", "--1", "1.2.3"
            })
    void what_is_no_number_is_none(String text) {
        assertThat(written(text)).isEqualTo(NONE);
    }

    @Test
    void the_largest_and_the_smallest_double_are_written_out() {
        assertThat(written("4.9E-324")).isEqualTo("0." + "0".repeat(323) + "49");
        assertThat(written("-1.7976931348623157E308")).isEqualTo("-179769313486232" + "0".repeat(294));
    }

    @Test
    void random_numbers_are_rounded_as_big_decimal_rounds_them() {
        Random random = new Random(42);
        for (int i = 0; i < 200_000; i++) {
            String text = randomNumber(random);
            BigDecimal value = shown(text);
            String expected =
                    value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
            assertThat(written(text)).as(text).isEqualTo(expected);
        }
    }

    /** What a spreadsheet shows: 15 digits of the binary number, but all of a text that has no more. */
    private static BigDecimal shown(String text) {
        BigDecimal written = new BigDecimal(text);
        return written.precision() <= SHOWN.getPrecision()
                ? written
                : new BigDecimal(Double.parseDouble(text)).round(SHOWN);
    }

    @Test
    void a_number_says_what_its_text_does_not() {
        assertThat(loss("123456789012345")).isEqualTo(NumberText.Loss.NONE);
        assertThat(loss("1.1000000000000001")).isEqualTo(NumberText.Loss.NONE);
        assertThat(loss("0.30000000000000004")).isEqualTo(NumberText.Loss.NOISE);
        assertThat(loss("118.99999999999999")).isEqualTo(NumberText.Loss.NOISE);
        assertThat(loss("0.1234567890123456")).isEqualTo(NumberText.Loss.DIGITS);
        assertThat(loss("1234567890.1234567")).isEqualTo(NumberText.Loss.DIGITS);
        assertThat(loss("4111111111111110")).isEqualTo(NumberText.Loss.WHOLE);
        assertThat(loss("1E20")).isEqualTo(NumberText.Loss.WHOLE);
        assertThat(loss("4111111111111111")).isEqualTo(NumberText.Loss.WHOLE_DIGITS);
        assertThat(loss("4.111111111111111E15")).isEqualTo(NumberText.Loss.WHOLE_DIGITS);
    }

    private static NumberText.Loss loss(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        NumberText number = new NumberText();
        assertThat(number.parse(bytes, bytes.length)).isTrue();
        number.write(bytes, bytes.length, new byte[NumberText.LONGEST], 0);
        return number.loss();
    }

    private static String randomNumber(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        digits(random, 1 + random.nextInt(random.nextBoolean() ? 6 : 22), text);
        if (random.nextBoolean()) {
            text.append('.');
            digits(random, 1 + random.nextInt(random.nextBoolean() ? 4 : 20), text);
        }
        if (random.nextInt(4) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(200) - 100);
        }
        return text.toString();
    }

    private static void digits(Random random, int count, StringBuilder text) {
        boolean zeros = random.nextInt(5) == 0;
        for (int i = 0; i < count; i++) {
            text.append(zeros ? random.nextInt(20) == 0 ? 5 : 0 : random.nextInt(10));
        }
    }

    @Test
    void the_text_of_every_double_gives_its_fifteen_digits() {
        Random random = new Random(43);
        for (int i = 0; i < 100_000; i++) {
            double value = random.nextBoolean()
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(1_000_000) / 100.0 * random.nextInt(1000);
            if (Double.isFinite(value) && value != 0) {
                BigDecimal expected = shown(Double.toString(value));
                assertThat(new BigDecimal(written(Double.toString(value)))).isEqualByComparingTo(expected);
            }
        }
    }
}
