// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

/**
 * Days and times in ISO 8601 notation: {@code 2024-01-31}, {@code 13:05:00}, {@code 2024-01-31T13:05:00.250Z}. A fraction
 * of a second has three digits, or six where it needs them. Years beyond 9999 have a sign, as in {@code java.time}.
 */
final class IsoText {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final int DAYS_PER_ERA = 146_097; // 400 years
    private static final int DAYS_FROM_MARCH_OF_YEAR_0 = 719_468;

    private IsoText() {}

    /**
     * Adds a day. Years are counted from the first of March, so that the leap day is a year's last, in eras of 400 years,
     * which are all of the same length.
     */
    static void addDate(TextBuffer to, long epochDay) {
        long days = epochDay + DAYS_FROM_MARCH_OF_YEAR_0;
        long era = Math.floorDiv(days, DAYS_PER_ERA);
        int dayOfEra = (int) (days - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        if (year < 0 || year > 9_999) {
            to.add((byte) (year < 0 ? '-' : '+'));
        }
        to.addDigits(Math.abs(year), 4);
        to.add((byte) '-');
        to.addTwoDigits(month, '-');
        to.addTwoDigits(day);
    }

    static void addTime(TextBuffer to, long microsOfDay) {
        int seconds = (int) (microsOfDay / MICROS_PER_SECOND);
        int micros = (int) (microsOfDay - seconds * MICROS_PER_SECOND);
        int minutes = seconds / 60;
        to.addTwoDigits(minutes / 60, ':');
        to.addTwoDigits(minutes % 60, ':');
        to.addTwoDigits(seconds - minutes * 60);
        if (micros != 0) {
            to.add((byte) '.');
            if (micros % 1_000 == 0) {
                to.addDigits(micros / 1_000, 3);
            } else {
                to.addDigits(micros, 6);
            }
        }
    }

    static void addTimestamp(TextBuffer to, long epochMicros) {
        long day = Math.floorDiv(epochMicros, MICROS_PER_DAY);
        addDate(to, day);
        to.add((byte) 'T');
        addTime(to, epochMicros - day * MICROS_PER_DAY);
        to.add((byte) 'Z');
    }
}
