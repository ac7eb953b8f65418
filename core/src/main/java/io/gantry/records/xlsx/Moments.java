// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.FormatOptions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes dates and times as the days that spreadsheets count. What they cannot count, or not exactly, is written as ISO text:
 * dates before 1900, fractions below a millisecond and, unless a zone is given, timestamps, whose zone a cell cannot hold.
 */
final class Moments {

    static final String ZONE = "zone";
    static final String DATE_FORMAT = "dateFormat";
    static final String TIME_FORMAT = "timeFormat";
    static final String TIMESTAMP_FORMAT = "timestampFormat";

    static final String DATE = "yyyy\\-mm\\-dd";
    static final String TIME = "hh:mm:ss";
    static final String DATE_TIME = DATE + "\\ " + TIME;
    static final String MILLIS = ".000";

    private static final long MICROS = 86_400_000_000L;
    private static final long FIRST = LocalDate.of(1900, 1, 1).toEpochDay();
    private static final long MARCH_1900 = LocalDate.of(1900, 3, 1).toEpochDay();
    private static final long LAST = LocalDate.of(9999, 12, 31).toEpochDay();

    private final @Nullable ZoneId zone;
    private final int date;
    private final int time;
    private final int exactTime;
    private final int timestamp;
    private final int exactTimestamp;
    private final int text;

    Moments(FormatOptions options, CellStyles styles) {
        zone = zone(options);
        date = styles.of(format(options, DATE_FORMAT, DATE));
        time = styles.of(format(options, TIME_FORMAT, TIME));
        exactTime = styles.of(format(options, TIME_FORMAT, TIME + MILLIS));
        timestamp = styles.of(format(options, TIMESTAMP_FORMAT, DATE_TIME));
        exactTimestamp = styles.of(format(options, TIMESTAMP_FORMAT, DATE_TIME + MILLIS));
        text = styles.of(ColumnLook.TEXT);
    }

    /**
     * Checks the options for dates and times.
     *
     * @throws io.gantry.spi.ProviderException for the first that makes no sense
     */
    static void check(FormatOptions options) {
        zone(options);
        format(options, DATE_FORMAT, DATE);
        format(options, TIME_FORMAT, TIME);
        format(options, TIMESTAMP_FORMAT, DATE_TIME);
    }

    private static @Nullable ZoneId zone(FormatOptions options) {
        String name = options.get(ZONE);
        try {
            return name == null ? null : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw options.invalid(ZONE, "a time zone such as Europe/Berlin or UTC");
        }
    }

    private static String format(FormatOptions options, String name, String otherwise) {
        String format = options.get(name, otherwise);
        if (format.length() > 200 || NumberFormats.of(format) != NumberFormats.MOMENT) {
            throw options.invalid(name, "a number format of spreadsheets for dates or times, such as dd.mm.yyyy");
        }
        return format;
    }

    void writeDate(SheetXml xml, int column, long epochDay) {
        if (isCounted(epochDay)) {
            xml.moment(column, date, days(epochDay), 0);
        } else {
            xml.text(column, text, LocalDate.ofEpochDay(epochDay).toString());
        }
    }

    void writeTime(SheetXml xml, int column, long micros) {
        if (micros % 1000 == 0) {
            xml.moment(column, micros % 1_000_000 == 0 ? time : exactTime, 0, micros);
        } else {
            xml.text(column, text, LocalTime.ofNanoOfDay(micros * 1000).toString());
        }
    }

    /** Writes a timestamp: as text with its offset or, when the zone is given, as the local time there. */
    void writeTimestamp(SheetXml xml, int column, long epochMicros) {
        Instant instant = Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
        if (zone == null) {
            xml.text(column, text, instant.toString());
            return;
        }
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        boolean exact = epochMicros % 1000 == 0
                && zone.getRules().getValidOffsets(local).size() == 1;
        long epochDay = local.toLocalDate().toEpochDay();
        if (exact && isCounted(epochDay)) {
            long micros = local.toLocalTime().toNanoOfDay() / 1000;
            xml.moment(column, micros % 1_000_000 == 0 ? timestamp : exactTimestamp, days(epochDay), micros);
        } else {
            ZoneOffset offset = zone.getRules().getOffset(instant);
            xml.text(column, text, local.atOffset(offset).toString());
        }
    }

    static boolean isCounted(long epochDay) {
        return epochDay >= FIRST && epochDay <= LAST;
    }

    /** 1 for the first of January 1900; from March on one more, for the leap day which that year did not have. */
    static long days(long epochDay) {
        return epochDay - FIRST + (epochDay < MARCH_1900 ? 1 : 2);
    }
}
