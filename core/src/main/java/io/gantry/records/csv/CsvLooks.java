// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.FormatOptions;
import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.time.temporal.ChronoUnit;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How numbers, dates and times are written where the options want them otherwise than in plain and ISO notation, as spreadsheet
 * programs of a country expect them.
 *
 * @param decimal what stands between the whole and the fraction of a number
 * @param zone of timestamps
 * @param date how dates are written; null for ISO, and so the others
 */
record CsvLooks(
        char decimal,
        ZoneId zone,
        @Nullable DateTimeFormatter date,
        @Nullable DateTimeFormatter time,
        @Nullable DateTimeFormatter timestamp) {

    static final Set<String> OPTIONS =
            Set.of("locale", "decimal", "zone", "dateFormat", "timeFormat", "timestampFormat");

    private static final DateTimeFormatter WITH_OFFSET = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    /**
     * Reads and checks the options.
     *
     * @throws io.gantry.spi.ProviderException for the first that makes no sense
     */
    static CsvLooks of(FormatOptions options) {
        Locale locale = locale(options);
        ZoneId zone = zone(options);
        DateTimeFormatter timestamp = format(options, "timestampFormat", locale);
        if (timestamp == null && options.get("zone") != null) {
            timestamp = WITH_OFFSET;
        }
        CsvLooks looks = new CsvLooks(
                decimal(options, locale),
                zone,
                format(options, "dateFormat", locale),
                format(options, "timeFormat", locale),
                timestamp);
        looks.tryOut(options);
        return looks;
    }

    /** The options with the list separator that goes with a decimal comma, when none is given. */
    static FormatOptions withDelimiter(FormatOptions options) {
        char decimal = decimal(options, locale(options));
        String delimiter = options.get("delimiter");
        if (delimiter == null) {
            return decimal == ',' ? options.with("delimiter", ";") : options;
        }
        boolean given = options.get("decimal") != null || options.get("locale") != null;
        if (given && delimiter.indexOf(decimal) >= 0) {
            throw options.invalid("delimiter", "free of '" + decimal + "', which is the decimal sign");
        }
        return options;
    }

    private static Locale locale(FormatOptions options) {
        String tag = options.get("locale");
        if (tag == null) {
            return Locale.ROOT;
        }
        try {
            return new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException e) {
            throw options.invalid("locale", "a language and country such as de-DE");
        }
    }

    private static char decimal(FormatOptions options, Locale locale) {
        String sign = options.get("decimal");
        if (sign == null) {
            char usual = DecimalFormatSymbols.getInstance(locale).getDecimalSeparator();
            return options.get("locale") == null || usual != ',' ? '.' : ',';
        }
        if (!sign.equals(".") && !sign.equals(",")) {
            throw options.invalid("decimal", "'.' or ','");
        }
        return sign.charAt(0);
    }

    private static ZoneId zone(FormatOptions options) {
        try {
            return ZoneId.of(options.get("zone", "UTC"));
        } catch (DateTimeException e) {
            throw options.invalid("zone", "a time zone such as Europe/Berlin or UTC");
        }
    }

    private static @Nullable DateTimeFormatter format(FormatOptions options, String name, Locale locale) {
        String pattern = options.get(name);
        if (pattern == null) {
            return null;
        }
        try {
            return DateTimeFormatter.ofPattern(pattern, locale)
                    .withChronology(IsoChronology.INSTANCE)
                    .withDecimalStyle(DecimalStyle.STANDARD);
        } catch (IllegalArgumentException e) {
            throw options.invalid(name, "a pattern of dates or times such as dd.MM.uuuu HH:mm:ss");
        }
    }

    private void tryOut(FormatOptions options) {
        String tried = "dateFormat";
        try {
            date(0);
            tried = "timeFormat";
            time(0);
            tried = "timestampFormat";
            timestamp(0);
        } catch (DateTimeException e) {
            throw options.invalid(tried, "made of what such a value has, such as dd.MM.uuuu for a date");
        }
    }

    /** A date as text; empty when it is written in ISO notation. */
    String date(long epochDay) {
        return date == null ? "" : date.format(LocalDate.ofEpochDay(epochDay));
    }

    /** A time as text; empty when it is written in ISO notation. */
    String time(long micros) {
        return time == null ? "" : time.format(LocalTime.ofNanoOfDay(micros * 1_000));
    }

    /** A timestamp as text; empty when it is written in ISO notation. */
    String timestamp(long epochMicros) {
        if (timestamp == null) {
            return "";
        }
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(epochMicros, 1_000_000L))
                .plus(Math.floorMod(epochMicros, 1_000_000L), ChronoUnit.MICROS);
        return timestamp.format(instant.atZone(zone));
    }

    /** A double with all its digits and without exponent, which spreadsheet programs of few countries read. */
    String number(double value) {
        return Double.isFinite(value)
                ? number(new BigDecimal(Double.toString(value)).toPlainString())
                : Double.toString(value);
    }

    /** A number in plain notation with the decimal sign that is wanted. */
    String number(String plain) {
        return decimal == '.' ? plain : plain.replace('.', decimal);
    }
}
