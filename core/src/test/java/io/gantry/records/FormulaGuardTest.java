// SPDX-License-Identifier: Apache-2.0
package io.gantry.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+SUM(A1)",
                "-cmd",
                "@import",
                "\t=1",
                "\r=1",
                "'=1",
                "''+x",
                "-",
                "+",
                "-1-1",
                "+49 170 1",
                "-1e",
                "-1e+",
                "-.",
                "--1",
                "'-5",
                "=",
                "@",
                "-1,5"
            })
    void a_text_that_may_be_a_formula_gets_an_apostrophe(String text) {
        assertThat(guarded(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'",
                "''",
                "a=1",
                " =1",
                "1",
                "-1",
                "+1",
                "-1.5",
                "-.5",
                "-5.",
                "+1e3",
                "-1.5E-10",
                "'a",
                "Zoë",
                "+4915112345"
            })
    void any_other_text_stays_as_it_is(String text) {
        assertThat(guarded(text)).isEqualTo(text);
    }

    @Test
    void taking_the_apostrophe_away_gives_every_text_back() {
        Random random = new Random(1);
        char[] alphabet = "''=+-@\t\r1.e a".toCharArray();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(7); length > 0; length--) {
                text.append(alphabet[random.nextInt(alphabet.length)]);
            }
            String guarded = guarded(text.toString());
            byte[] bytes = ("x" + guarded).getBytes(StandardCharsets.UTF_8);
            int drop = FormulaGuard.unguard(bytes, 1, bytes.length - 1);
            if (!guarded.substring(drop).contentEquals(text)) {
                assertThat(guarded.substring(drop)).isEqualTo(text.toString());
            }
        }
    }

    private static String guarded(String text) {
        byte[] bytes = ("x" + text).getBytes(StandardCharsets.UTF_8);
        return FormulaGuard.guard(bytes, 1, bytes.length - 1) ? "'" + text : text;
    }
}
