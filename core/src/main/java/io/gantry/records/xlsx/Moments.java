// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Turns dates into the days that spreadsheets count; dates they cannot count stay ISO text. */
final class Moments {

    static final String DATE = "yyyy\\-mm\\-dd";
    static final String TIME = "hh:mm:ss";
    static final String DATE_TIME = DATE + "\\ " + TIME;

    private static final long MICROS = 86_400_000_000L;
    private static final long FIRST = LocalDate.of(1900, 1, 1).toEpochDay();
    private static final long MARCH_1900 = LocalDate.of(1900, 3, 1).toEpochDay();
    private static final long LAST = LocalDate.of(9999, 12, 31).toEpochDay();

    private Moments() {}

    static void writeDate(SheetXml xml, int column, int style, long epochDay) {
        if (isCounted(epochDay)) {
            xml.moment(column, style, days(epochDay), 0);
        } else {
            xml.text(column, style, LocalDate.ofEpochDay(epochDay).toString());
        }
    }

    /** Writes a timestamp as the local time of UTC. */
    static void writeTimestamp(SheetXml xml, int column, int style, long epochMicros) {
        long epochDay = Math.floorDiv(epochMicros, MICROS);
        if (isCounted(epochDay)) {
            xml.moment(column, style, days(epochDay), Math.floorMod(epochMicros, MICROS));
        } else {
            Instant instant = Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
            xml.text(
                    column,
                    style,
                    LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString());
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
