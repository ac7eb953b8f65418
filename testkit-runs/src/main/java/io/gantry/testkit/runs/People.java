// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of all worlds: people with a code that may have to be unique, and a team that may have to be there. */
final class People {

    private static final Pattern BLANKS_AROUND =
            Pattern.compile("^[\\x01-\\x20\\u0085\\p{Z}\\p{Cf}]+|[\\x01-\\x20\\u0085\\p{Z}\\p{Cf}]+$");

    static final String ID = "id";
    static final String CODE = "code";
    static final String TEAM = "team";

    /** The teams that there are. */
    static final List<String> TEAMS = List.of("red", "green", "blue");

    static final Schema TEAM_SCHEMA =
            Schema.of(Field.of(ID, FieldType.STRING).length(20).required()).key(ID);

    static final Schema SCHEMA = Schema.of(
                    Field.of(ID, FieldType.STRING).length(40).required(),
                    Field.of("count", FieldType.INTEGER).required(),
                    Field.of("amount", FieldType.DECIMAL).decimal(12, 2),
                    Field.of("born", FieldType.DATE),
                    Field.of("active", FieldType.BOOLEAN),
                    Field.of("seen", FieldType.TIMESTAMP),
                    Field.of(CODE, FieldType.STRING).length(20),
                    Field.of(TEAM, FieldType.STRING).length(20),
                    Field.of("note", FieldType.STRING).length(60))
            .key(ID);

    private People() {}

    static Reference reference(String teams) {
        return new Reference(List.of(TEAM), teams, List.of(ID));
    }

    static int place(String field) {
        return SCHEMA.names().indexOf(field);
    }

    /** The value that a cell of a good row stands for. */
    static @Nullable Object value(Field field, String text) {
        if (text.isEmpty()) {
            return null;
        }
        return switch (field.type()) {
            case INTEGER -> new BigDecimal(trimmed(text)).longValueExact();
            case DECIMAL -> new BigDecimal(trimmed(text)).stripTrailingZeros();
            case DATE -> LocalDate.parse(trimmed(text));
            case BOOLEAN -> Boolean.valueOf(trimmed(text));
            case TIMESTAMP -> Instant.parse(trimmed(text).replaceFirst("(?<=\\d)$", "Z"));
            default -> text;
        };
    }

    /** A value as a cell of a file. */
    static String text(@Nullable Object value) {
        return value == null ? "" : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** Values as they are compared: decimal numbers without zeros at their end. */
    static List<@Nullable Object> plain(List<@Nullable Object> values) {
        List<@Nullable Object> plain = new ArrayList<>();
        for (Object value : values) {
            plain.add(value instanceof BigDecimal number ? number.stripTrailingZeros() : value);
        }
        return plain;
    }

    /** Without the blanks of Unicode and the marks without width at both ends. */
    private static String trimmed(String text) {
        return BLANKS_AROUND.matcher(text).replaceAll("");
    }
}
