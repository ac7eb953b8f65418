// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;

/** Quotes values for COPY, which takes no parameters. */
final class PostgresLiteral {

    private PostgresLiteral() {}

    static String of(TableColumn column, Object value) {
        return switch (column.fieldType()) {
            case STRING -> text((String) value);
            case INTEGER -> "CAST('" + (long) (Long) value + "' AS int8)";
            case DECIMAL -> "CAST('" + ((BigDecimal) value).toPlainString() + "' AS numeric)";
            case FLOAT -> "CAST('" + (double) (Double) value + "' AS float8)";
            case BOOLEAN -> (Boolean) value ? "true" : "false";
            case DATE -> "(DATE '1970-01-01' + CAST(" + ((LocalDate) value).toEpochDay() + " AS int4))";
            case TIME -> "CAST('" + value + "' AS time)";
            case TIMESTAMP -> timestamp((Instant) value, column.hasType("timestamptz"));
            case UUID -> "CAST('" + value + "' AS uuid)";
            case BYTES -> "DECODE('" + HexFormat.of().formatHex((byte[]) value) + "', 'hex')";
        };
    }

    /** Spelled with code points where a character could mean something: a server set to read it otherwise refuses it. */
    private static String text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new ProviderException(
                    "JDBC_FILTER_VALUE_INVALID",
                    FailureKind.DATA,
                    "A filter compares with text that holds a NUL character, which no text in PostgreSQL can");
        }
        StringBuilder literal = new StringBuilder("CAST(U&'");
        text.codePoints().forEach(character -> {
            if (character < ' ' || character == '\'' || character == '\\' || character > '~') {
                literal.append(String.format(Locale.ROOT, "!+%06x", character));
            } else if (character == '!') {
                literal.append("!!");
            } else {
                literal.appendCodePoint(character);
            }
        });
        return literal.append("' UESCAPE '!' AS text)").toString();
    }

    private static String timestamp(Instant instant, boolean zoned) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        int year = utc.getYear();
        String date = String.format(
                Locale.ROOT,
                "%04d-%02d-%02d %s",
                year > 0 ? year : 1 - year,
                utc.getMonthValue(),
                utc.getDayOfMonth(),
                utc.toLocalTime());
        String era = year > 0 ? "" : " BC";
        return zoned ? "CAST('" + date + "+00" + era + "' AS timestamptz)" : "CAST('" + date + era + "' AS timestamp)";
    }
}
