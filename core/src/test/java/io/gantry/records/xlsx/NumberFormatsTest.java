// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFormatsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy-mm-dd",
                "yyyy\\-mm\\-dd\\ hh:mm:ss",
                "[$-409]d-mmm-yy;@",
                "dd/mm/yyyy",
                "m/d/yy h:mm",
                "h:mm AM/PM",
                "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
                "mm:ss.0",
                "hh:mm:ss.000",
                "yyyy\"年\"m\"月\"d\"日\"",
                "[Red]d.m.yyyy",
                "\"on \"d mmm",
                "YYYY-MM-DD\"T\"HH:MM:SS",
                "yyyy-mm-ddThh:mm:ss",
                "ggge\"年\"m\"月\"",
                "[$-1070000]d/m/bbbb",
                "d;@",
                "_-d mmm yyyy_-",
                "yyyy",
                "dd.mm.yyyy\" г.\""
            })
    void these_show_moments(String code) {
        assertThat(NumberFormats.of(code)).isEqualTo(NumberFormats.MOMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "General",
                "GENERAL",
                "Standard",
                "0",
                "0.00",
                "#,##0.00",
                "0%",
                "0.00E+00",
                "# ?/?",
                "@",
                "",
                "0.0\" days\"",
                "\"Sum: \"0",
                "[Red]-0.00",
                "_(* #,##0.00_);_(* \\(#,##0.00\\)",
                "#,##0\\ \"USD\"",
                "[$€-2] #,##0.00",
                "[<=9999999]###\\-####;\\(###\\)",
                "0;yyyy",
                ";;;",
                "0\\d",
                "\"year\"",
                "[$-409]0",
                "[Magenta]0",
                "*d0",
                "\\h\\s"
            })
    void these_show_numbers(String code) {
        assertThat(NumberFormats.of(code)).isEqualTo(NumberFormats.NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[h]:mm", "[hh]:mm:ss", "[mm]:ss", "[s]", "[H]:MM", "[$-409][h]:mm;@"})
    void these_count_beyond_a_day(String code) {
        assertThat(NumberFormats.of(code)).isEqualTo(NumberFormats.ELAPSED);
    }

    @Test
    void a_code_that_is_cut_off_shows_a_number_or_a_moment() {
        for (String code : new String[] {"\"", "[", "\\", "[h", "_", "d\"", "d[", "d\\"}) {
            assertThat(NumberFormats.of(code)).isIn(NumberFormats.NUMBER, NumberFormats.MOMENT, NumberFormats.ELAPSED);
        }
    }

    @Test
    void the_built_in_formats_are_told_as_others_tell_them() {
        for (int id = 0; id < 50; id++) {
            boolean moment = NumberFormats.builtIn(id) != NumberFormats.NUMBER;
            boolean eastAsian = id >= 27 && id <= 36;
            assertThat(moment).as("format %d", id).isEqualTo(DateUtil.isInternalDateFormat(id) || eastAsian);
            String code = BuiltinFormats.getBuiltinFormat(id);
            if (code != null && !code.startsWith("reserved") && !eastAsian) {
                assertThat(NumberFormats.of(code)).as(code).isEqualTo(NumberFormats.builtIn(id));
            }
        }
    }
}
