// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

/** Dates and times in ISO 8601 notation, read from bytes without allocating. An instance holds what was read last. */
final class Iso {

    private long epochDay;
    private long micros;
    private boolean timed;
    private boolean zoned;
    private boolean cut;
    private int offset;

    static int daysOf(int year, int month) {
        return switch (month) {
            case 2 -> (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since 1970-01-01 of a date of the proleptic Gregorian calendar, for years from 0 on. */
    static long epochDay(int year, int month, int day) {
        // years begin in March, so that the leap day is the last of its year
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    /** {@code uuuu-MM-dd}, the whole slice. */
    boolean date(byte[] bytes, int start, int end) {
        timed = false;
        zoned = false;
        cut = false;
        micros = 0;
        return end - start == 10 && dateAt(bytes, start);
    }

    private boolean dateAt(byte[] bytes, int start) {
        int year = two(bytes, start) * 100 + two(bytes, start + 2);
        int month = two(bytes, start + 5);
        int day = two(bytes, start + 8);
        if (year < 0 || bytes[start + 4] != '-' || bytes[start + 7] != '-' || month < 1 || month > 12 || day < 1) {
            return false;
        }
        epochDay = epochDay(year, month, day);
        return day <= daysOf(year, month);
    }

    /** {@code HH:mm}, {@code HH:mm:ss} or {@code HH:mm:ss.SSSSSS} with one to nine digits, the whole slice. */
    boolean time(byte[] bytes, int start, int end) {
        return timeAt(bytes, start, end) == end;
    }

    /** Reads a time; the place behind it, or -1. */
    private int timeAt(byte[] bytes, int start, int end) {
        cut = false;
        if (end - start < 5 || bytes[start + 2] != ':') {
            return -1;
        }
        int hour = two(bytes, start);
        int minute = two(bytes, start + 3);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return -1;
        }
        micros = hour * 3_600_000_000L + minute * 60_000_000L;
        int at = start + 5;
        if (at == end || bytes[at] != ':') {
            return at;
        }
        int second = end - at < 3 ? -1 : two(bytes, at + 1);
        if (second < 0 || second > 59) {
            return -1;
        }
        micros += second * 1_000_000L;
        at += 3;
        return at < end && (bytes[at] == '.' || bytes[at] == ',') ? fraction(bytes, at + 1, end) : at;
    }

    private int fraction(byte[] bytes, int start, int end) {
        int at = start;
        int fraction = 0;
        for (; at < end && Slices.digit(bytes[at]) >= 0; at++) {
            int digit = Slices.digit(bytes[at]);
            if (at - start < 6) {
                fraction = fraction * 10 + digit;
            } else if (at - start >= 9) {
                return -1;
            } else {
                cut |= digit != 0;
            }
        }
        if (at == start) {
            return -1;
        }
        for (int i = at - start; i < 6; i++) {
            fraction *= 10;
        }
        micros += fraction;
        return at;
    }

    /**
     * A date and a time with {@code T} or a blank between, and {@code Z} or an offset behind if any; or a date alone.
     */
    boolean timestamp(byte[] bytes, int start, int end) {
        if (end - start == 10) {
            return date(bytes, start, end);
        }
        zoned = false;
        timed = true;
        if (end - start < 16 || !dateAt(bytes, start)) {
            return false;
        }
        byte between = bytes[start + 10];
        if (between != 'T' && between != ' ' && between != 't') {
            return false;
        }
        int at = timeAt(bytes, start + 11, end);
        if (at == end) {
            return true;
        }
        return at > 0 && zone(bytes, at, end);
    }

    private boolean zone(byte[] bytes, int at, int end) {
        zoned = true;
        offset = 0;
        if (bytes[at] == ' ' && at + 1 < end) {
            return zone(bytes, at + 1, end);
        }
        if (bytes[at] == 'Z' || bytes[at] == 'z') {
            return at + 1 == end;
        }
        if (bytes[at] != '+' && bytes[at] != '-') {
            return false;
        }
        int length = end - at;
        int hours = length >= 3 ? two(bytes, at + 1) : -1;
        int minutes = 0;
        if (length == 6 && bytes[at + 3] == ':') {
            minutes = two(bytes, at + 4);
        } else if (length == 5) {
            minutes = two(bytes, at + 3);
        } else if (length != 3) {
            return false;
        }
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return false;
        }
        offset = (hours * 60 + minutes) * (bytes[at] == '-' ? -60 : 60);
        return true;
    }

    /** The number two digits make, or a negative one. */
    private static int two(byte[] bytes, int at) {
        int high = bytes[at] - '0';
        int low = bytes[at + 1] - '0';
        return high < 0 || high > 9 || low < 0 || low > 9 ? -10_000 : high * 10 + low;
    }

    long epochDay() {
        return epochDay;
    }

    long microsOfDay() {
        return micros;
    }

    /** Whether the timestamp that was read had a time. */
    boolean timed() {
        return timed;
    }

    /** Whether the timestamp that was read had an offset. */
    boolean zoned() {
        return zoned;
    }

    /** Whether the fraction of the second was finer than a microsecond. */
    boolean cut() {
        return cut;
    }

    int offsetSeconds() {
        return offset;
    }
}
