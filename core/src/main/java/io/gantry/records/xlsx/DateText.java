// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.TextBatch.Kind;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;

/**
 * Writes the numbers that stand for dates as ISO text, to the nearest millisecond, which is what spreadsheets can tell apart:
 * a date where the time is midnight, a time of day below one day, both otherwise.
 */
final class DateText {

    /** Enough room for what is written. */
    static final int LONGEST = 32;

    private static final long DAY = 86_400_000;
    /** Day 0 of the system of 1900, seen from its days behind the 29 February 1900 that never was. */
    private static final long EPOCH_1900 = LocalDate.of(1899, 12, 30).toEpochDay();

    private static final int LEAP_DAY_1900 = 60;
    private static final long EPOCH_1904 = LocalDate.of(1904, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final boolean date1904;
    private byte kind;

    DateText(boolean date1904) {
        this.date1904 = date1904;
    }

    /** What was written last: TEMPORAL, or TEXT for a thing that is no moment, such as 36 hours. */
    byte kind() {
        return kind;
    }

    /**
     * Writes a number as the moment it stands for.
     *
     * @param elapsed whether the format counts hours beyond a day
     * @param into has room for {@link #LONGEST} bytes from there on
     * @return where it ends; -1 when the number is outside the calendar
     */
    int write(NumberText number, boolean elapsed, byte[] into, int at) {
        if (number.isNegative() || number.count() + number.exponent() > 8) {
            return -1;
        }
        long days;
        double fraction;
        int exponent = number.exponent();
        if (number.digits() == 0 || exponent >= 0) {
            days = number.digits() == 0 ? 0 : number.digits() * POWERS[exponent];
            fraction = 0;
        } else if (-exponent < POWERS.length) {
            days = number.digits() / POWERS[-exponent];
            fraction = (double) (number.digits() % POWERS[-exponent]) / POWERS[-exponent];
        } else {
            days = 0;
            fraction = number.digits() * Math.pow(10, exponent);
        }
        long millis = Math.round(fraction * DAY);
        kind = Kind.TEMPORAL;
        if (days == 0) {
            return writeTime(Math.min(millis, DAY - 1), into, at);
        }
        if (elapsed) {
            kind = Kind.TEXT;
            return writeTime(days * DAY + millis, into, at);
        }
        return writeMoment(days + millis / DAY, millis % DAY, into, at);
    }

    private int writeMoment(long days, long millis, byte[] into, int from) {
        long epochDay = days + (date1904 ? EPOCH_1904 : days < LEAP_DAY_1900 ? EPOCH_1900 + 1 : EPOCH_1900);
        if (epochDay > LAST_DAY) {
            return -1;
        }
        int at;
        if (!date1904 && days == LEAP_DAY_1900) {
            kind = Kind.TEXT;
            at = writeDate(1900, 2, 29, into, from);
        } else {
            at = writeDate(epochDay, into, from);
        }
        if (millis > 0) {
            into[at++] = 'T';
            at = writeTime(millis, into, at);
        }
        return at;
    }

    /** Proleptic Gregorian date of a day, by eras of 400 years that begin on the first of March. */
    private static int writeDate(long epochDay, byte[] into, int at) {
        long day = epochDay + 719_468;
        long era = day / 146_097;
        long dayOfEra = day % 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long shifted = (5 * dayOfYear + 2) / 153;
        long month = shifted < 10 ? shifted + 3 : shifted - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return writeDate(year, month, dayOfYear - (153 * shifted + 2) / 5 + 1, into, at);
    }

    private static int writeDate(long year, long month, long day, byte[] into, int from) {
        int at = two(year / 100, into, from);
        at = two(year % 100, into, at);
        into[at++] = '-';
        at = two(month, into, at);
        into[at++] = '-';
        return two(day, into, at);
    }

    private static int writeTime(long millis, byte[] into, int from) {
        int at = from;
        long seconds = millis / 1000;
        long hours = seconds / 3600;
        if (hours > 99) {
            for (byte digit : Long.toString(hours / 100).getBytes(StandardCharsets.US_ASCII)) {
                into[at++] = digit;
            }
        }
        at = two(hours % 100, into, at);
        into[at++] = ':';
        at = two(seconds / 60 % 60, into, at);
        into[at++] = ':';
        at = two(seconds % 60, into, at);
        long fraction = millis % 1000;
        if (fraction > 0) {
            into[at++] = '.';
            into[at++] = (byte) ('0' + fraction / 100);
            at = two(fraction % 100, into, at);
        }
        return at;
    }

    private static int two(long number, byte[] into, int at) {
        into[at] = (byte) ('0' + number / 10);
        into[at + 1] = (byte) ('0' + number % 10);
        return at + 2;
    }

    /**
     * Brings the text of a cell that holds an ISO date itself into the same form.
     *
     * @param text such as {@code 2024-01-05T00:00:00.000Z}
     * @return such as {@code 2024-01-05}; empty when it is no date
     */
    static String normal(String text) {
        String plain = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
        try {
            if (plain.indexOf('T') > 0) {
                LocalDateTime moment = LocalDateTime.parse(plain);
                String time = moment.toLocalTime().equals(LocalTime.MIDNIGHT) ? "" : "T" + text(moment.toLocalTime());
                return moment.toLocalDate() + time;
            }
            return plain.indexOf('-') > 0
                    ? LocalDate.parse(plain).toString()
                    : text(LocalTime.parse(plain.replace("T", "")));
        } catch (DateTimeParseException e) {
            return "";
        }
    }

    /** With seconds, and with a fraction only where there is one. */
    private static String text(LocalTime time) {
        String text = time.toString();
        return text.length() == 5 ? text + ":00" : text;
    }
}
