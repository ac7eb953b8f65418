// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of every type: ordinary ones in ascending order, extreme ones, and how they compare. */
final class Values {

    private Values() {}

    /** One field for each type, named after it, behind the key {@code id}. */
    static Schema everyType(int decimalDigits) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("id", FieldType.INTEGER).required());
        for (FieldType type : FieldType.values()) {
            Field field = Field.of(name(type), type);
            fields.add(type == FieldType.DECIMAL ? field.decimal(decimalDigits, decimalDigits / 3) : field);
        }
        return new Schema(fields, List.of("id"), List.of(), List.of());
    }

    static String name(FieldType type) {
        return "a_" + type.name().toLowerCase(Locale.ROOT);
    }

    /** Different values in ascending order. */
    static List<Object> ascending(FieldType type) {
        return switch (type) {
            case STRING -> List.of("", "50% off", "A", "Zoë", "_a", "a", "ab", "a\u00e9", "\uffee", "\ud83d\ude00");
            case INTEGER -> List.of(-7L, 0L, 3L, 12L, 1_000_000_000_000L);
            case DECIMAL -> decimals("-12.5", "-0.0625", "0", "0.1", "3", "12.34", "1000.01");
            case FLOAT -> List.of(-1.5e300, -2.5, 0.0, 1e-300, 0.1, 1e18);
            case BOOLEAN -> List.of(false, true);
            case DATE -> dates("1582-10-15", "1969-12-31", "1970-01-01", "2024-02-29", "2038-01-20");
            case TIME -> times("00:00:00", "00:00:00.000001", "09:30:00", "12:00:00.5", "23:59:59.999999");
            case TIMESTAMP ->
                instants(
                        "1970-01-01T00:00:01Z",
                        "1970-01-01T00:00:01.000001Z",
                        "2024-03-31T01:30:00Z",
                        "2024-03-31T02:30:00Z",
                        "2037-12-31T23:59:59.999999Z");
            case UUID ->
                uuids(
                        "00000000-0000-0000-0000-000000000001",
                        "123e4567-e89b-12d3-a456-426614174000",
                        "7fffffff-ffff-4fff-7fff-ffffffffffff",
                        "f47ac10b-58cc-4372-a567-0e02b2c3d479");
            case BYTES -> List.of(new byte[0], new byte[] {0}, new byte[] {1, 2}, new byte[] {1, 3}, new byte[] {-1});
        };
    }

    /** The ends of what a type can hold. */
    static List<Object> extremes(FieldType type, int decimalDigits) {
        return switch (type) {
            case STRING -> List.of("", " ", "x".repeat(100_000), "\u0001", "'", "\\", "NULL", "\r\n\t", " both ends ");
            case INTEGER -> List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L);
            case DECIMAL -> {
                int scale = decimalDigits / 3;
                BigDecimal nines =
                        new BigDecimal(BigInteger.TEN.pow(decimalDigits).subtract(BigInteger.ONE), scale);
                yield List.of(nines, nines.negate(), new BigDecimal(BigInteger.ONE, scale), BigDecimal.ZERO);
            }
            case FLOAT ->
                List.of(
                        Double.MAX_VALUE,
                        -Double.MAX_VALUE,
                        Double.MIN_NORMAL,
                        0.1 + 0.2,
                        Math.nextUp(1.0),
                        9007199254740993.0);
            case BOOLEAN -> List.of(true, false);
            case DATE -> dates("0001-01-01", "9999-12-31", "1900-02-28", "2000-02-29");
            case TIME -> times("00:00:00", "23:59:59.999999");
            case TIMESTAMP ->
                instants("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z");
            case UUID -> uuids("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff");
            case BYTES -> List.of(new byte[0], new byte[] {0, 0}, allBytes(), new byte[100_000]);
        };
    }

    /** Text in many scripts, with what breaks careless code. */
    static List<String> scripts() {
        return List.of(
                "Ελληνικά",
                "Кириллица",
                "עברית",
                "العربية",
                "हिन्दी",
                "ไทย",
                "日本語",
                "한국어",
                "Tiếng Việt",
                "e\u0301 is not \u00e9",
                "\ud83d\udc69\u200d\ud83d\ude80 \ud834\udd1e",
                "\u00a0\u2003\ufeff",
                "\u202eltr\u202c",
                "a\"b'c`d;--/*",
                "100%_\\",
                "?:x{}$1");
    }

    static int compare(Object left, Object right) {
        if (left instanceof String text) {
            return Arrays.compareUnsigned(utf8(text), utf8((String) right));
        }
        if (left instanceof byte[] bytes) {
            return Arrays.compareUnsigned(bytes, (byte[]) right);
        }
        if (left instanceof UUID) {
            return left.toString().compareTo(right.toString());
        }
        @SuppressWarnings("unchecked") // all other values are comparable to those of their own class
        Comparable<Object> comparable = (Comparable<Object>) left;
        return comparable.compareTo(right);
    }

    /** Rows with equal values made equal objects. */
    static List<List<@Nullable Object>> plain(List<? extends List<? extends @Nullable Object>> rows) {
        List<List<@Nullable Object>> plain = new ArrayList<>();
        for (List<? extends @Nullable Object> row : rows) {
            @Nullable Object[] values = row.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] = plain(values[i]);
            }
            plain.add(Arrays.asList(values));
        }
        return plain;
    }

    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] allBytes() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    private static List<Object> decimals(String... numbers) {
        return Arrays.stream(numbers).<Object>map(BigDecimal::new).toList();
    }

    private static List<Object> dates(String... days) {
        return Arrays.stream(days).<Object>map(LocalDate::parse).toList();
    }

    private static List<Object> times(String... times) {
        return Arrays.stream(times).<Object>map(LocalTime::parse).toList();
    }

    private static List<Object> instants(String... instants) {
        return Arrays.stream(instants).<Object>map(Instant::parse).toList();
    }

    private static List<Object> uuids(String... uuids) {
        return Arrays.stream(uuids).<Object>map(UUID::fromString).toList();
    }
}
