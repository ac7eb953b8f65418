// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.apache.poi.ss.usermodel.DateUtil;
import org.junit.jupiter.api.Test;

class DateTextTest {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private static String written(String number, boolean date1904) {
        byte[] text = number.getBytes(StandardCharsets.US_ASCII);
        NumberText parsed = new NumberText();
        assertThat(parsed.parse(text, text.length)).isTrue();
        byte[] into = new byte[DateText.LONGEST];
        int end = new DateText(date1904).write(parsed, false, into, 0);
        return end < 0 ? "" : new String(into, 0, end, StandardCharsets.US_ASCII);
    }

    @Test
    void every_day_of_both_systems_is_the_right_one() {
        for (int days = 61; days <= 2_958_465; days += days < 150_000 ? 1 : 23) {
            assertThat(written(Integer.toString(days), false))
                    .isEqualTo(LocalDate.of(1899, 12, 30).plusDays(days).toString());
        }
        for (int days = 1; days <= 50_000; days++) {
            assertThat(written(Integer.toString(days), true))
                    .isEqualTo(LocalDate.of(1904, 1, 1).plusDays(days).toString());
        }
    }

    @Test
    void every_second_survives_its_way_through_a_double() {
        Random random = new Random(1);
        LocalDateTime start = LocalDateTime.of(1900, 3, 1, 0, 0);
        for (int i = 0; i < 100_000; i++) {
            boolean date1904 = random.nextBoolean();
            LocalDateTime moment =
                    start.plusYears(date1904 ? 5 : 0).plusSeconds(random.nextInt(Integer.MAX_VALUE) * 2L);
            double serial = DateUtil.getExcelDate(moment, date1904);
            String expected = moment.getSecond() + moment.getMinute() + moment.getHour() == 0
                    ? moment.toLocalDate().toString()
                    : SECONDS.format(moment);
            assertThat(written(Double.toString(serial), date1904)).isEqualTo(expected);
        }
    }

    @Test
    void every_millisecond_survives_its_way_through_a_double() {
        LocalDateTime noon = LocalDateTime.of(2024, 1, 5, 12, 0, 0);
        for (int millis = 1; millis < 1000; millis++) {
            double serial = DateUtil.getExcelDate(noon.plus(millis, ChronoUnit.MILLIS));
            assertThat(written(Double.toString(serial), false))
                    .isEqualTo(String.format(Locale.ROOT, "2024-01-05T12:00:00.%03d", millis));
        }
    }

    @Test
    void a_moment_just_before_midnight_becomes_the_next_day() {
        assertThat(written("45296.9999999999", false)).isEqualTo("2024-01-06");
        assertThat(written("0.9999999999", false)).isEqualTo("23:59:59.999");
        assertThat(written("1E-9", false)).isEqualTo("00:00:00");
        assertThat(written("4.529675E4", false)).isEqualTo("2024-01-05T18:00:00");
        assertThat(written("0", false)).isEqualTo("00:00:00");
        assertThat(written("1.1574074074074074E-5", false)).isEqualTo("00:00:01");
    }
}
