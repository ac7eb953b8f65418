// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Pattern} is the judge. */
class StateTableTest {

    private static final String[] PIECES = {
        "a", "b", "-", "+", "*", "?", "{2}", "{1,3}", "{2,}", "{0,2}", "{", "}", ",", "[ab]", "[^a]", "[a-c-]", "[-x]",
        "[", "]", "^", "$", ".", "\\d", "\\w", "\\S", "\\s", "\\.", "\\-", "[\\d-]", "[\\w.]", "[ -~]", "|", "(", ")",
        "0", "\\", "&", "[a&&b]", " ", "z", "\\n", "[a-\\d]", "[]a]", "[a\\]]", "\\1", "\\Q", "(?i)", "[+--]", "[--/]",
        "[a-", "é"
    };

    private static final String TEXTS = "ab-+*?{}2,z0x .\n\r\t&][^$\\_~dA";

    @Test
    void it_says_what_the_platform_says_of_whatever_it_can_read() {
        Random random = new Random(11);
        int tables = 0;
        for (int i = 0; i < 60_000; i++) {
            StringBuilder regex = new StringBuilder();
            for (int piece = random.nextInt(6); piece >= 0; piece--) {
                regex.append(PIECES[random.nextInt(PIECES.length)]);
            }
            StateTable table = StateTable.of(regex.toString());
            Pattern pattern = compiled(regex.toString());
            if (table == null) {
                continue;
            }
            assertThat(pattern).as("The platform refuses " + regex).isNotNull();
            tables++;
            for (int text = 0; text < 40; text++) {
                check(table, pattern, text(random, random.nextInt(8)));
            }
        }
        assertThat(tables).isGreaterThan(5_000);
    }

    private static Pattern compiled(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(TEXTS.charAt(random.nextInt(random.nextBoolean() ? 2 : TEXTS.length())));
        }
        return text.toString();
    }

    private static void check(StateTable table, Pattern pattern, String text) {
        byte[] bytes = ('#' + text + '#').getBytes(StandardCharsets.US_ASCII);
        assertThat(table.matches(bytes, 1, bytes.length - 1))
                .as(pattern + " on '" + text + "'")
                .isEqualTo(pattern.matcher(text).matches());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\+?[0-9 ()-]{6,20}",
                "[A-Z]{2}\\d{2}[A-Z0-9]{1,30}",
                "^\\d{5}$",
                "[^@\\s]+@[^@\\s]+\\.[a-z]{2,}",
                "\\d{4}-\\d{2}-\\d{2}",
                "[ -~]*",
                ".{1,80}"
            })
    void it_reads_what_people_write_to_check_a_column(String regex) {
        StateTable table = StateTable.of(regex);
        assertThat(table).isNotNull();
        Pattern pattern = Pattern.compile(regex);
        for (String text : List.of(
                "",
                "+49 318 8255519",
                "12345",
                "123456",
                "DE02120300000000202051",
                "ann@example.org",
                "2026-01-31",
                "~",
                "a\nb")) {
            check(table, pattern, text);
        }
        for (int character = 0; character < 128; character++) {
            check(table, pattern, "1234" + (char) character + "6");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(a+)+b", "a|b", "a+?", "a++", "\\p{L}", "(?i)a", "ä", "a{101}", ".*a.{9}", "[a-z&&[^b]]", "\\bx"
            })
    void it_leaves_other_kinds_to_others(String regex) {
        assertThat(StateTable.of(regex)).isNull();
    }
}
