// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.FormatOptions;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvOptionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "delimiter~``~one or more characters",
                "quote~''''~one character that is no line end, or 'none'",
                "escape~ab~one character",
                "comment~//~one character",
                "encoding~klingon~a character set such as UTF-8",
                "encoding~not a name!~a character set such as UTF-8",
                "trim~yes~one of true, false",
                "lineEnd~lfcr~one of lf, crlf, cr",
                "formulas~hide~one of neutralise, keep",
                "bom~1~one of true, false",
                "quote~,~which is the",
                "escape~,~which is the escape",
                "comment~,~which is the comment",
                "escape~\"~doubled quotes need no escape",
                "comment~\"~which is the quote",
            })
    void an_option_that_makes_no_sense_is_named_with_what_would_be_right(String name, String value, String right) {
        assertThatThrownBy(() -> new CsvFormat().check(FormatOptions.NONE.with(name, value)))
                .asInstanceOf(InstanceOfAssertFactories.throwable(ProviderException.class))
                .hasMessageContaining(right)
                .satisfies(e ->
                        org.assertj.core.api.Assertions.assertThat(e.code()).isEqualTo("INVALID_OPTION"));
    }

    @Test
    void line_ends_are_no_delimiters() {
        assertThatThrownBy(() -> new CsvFormat().check(FormatOptions.NONE.with("delimiter", ",\n")))
                .hasMessageContaining("none of them a line end");
    }

    @Test
    void sensible_options_pass() {
        assertThatCode(() -> new CsvFormat()
                        .check(new FormatOptions(Map.of(
                                "delimiter",
                                "||",
                                "quote",
                                "'",
                                "escape",
                                "\\",
                                "comment",
                                "#",
                                "encoding",
                                "cp1252",
                                "trim",
                                "true",
                                "lineEnd",
                                "crlf",
                                "formulas",
                                "keep",
                                "bom",
                                "true"))))
                .doesNotThrowAnyException();
    }
}
