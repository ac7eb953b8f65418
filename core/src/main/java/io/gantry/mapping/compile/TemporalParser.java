// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.schema.FieldType;
import io.gantry.validation.IssueCode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.stream.Collectors;

/** Dates, times and timestamps: in ISO notation, or by the patterns of the mapping. */
final class TemporalParser extends CellParser<LongColumn> {

    private static final long DAY = 86_400_000_000L;

    private final FieldType type;
    private final TemporalPattern[] patterns;
    private final ZoneRules zone;
    private final long min;
    private final long max;
    private final Iso iso = new Iso();
    private long cachedDay = Long.MIN_VALUE;
    private long cachedOffset;
    private boolean cacheHolds;

    TemporalParser(LongColumn out, List<TemporalPattern> patterns, ZoneId zone, long min, long max) {
        super(out);
        this.type = out.field().type();
        this.patterns = patterns.toArray(TemporalPattern[]::new);
        this.zone = zone.getRules();
        this.min = min;
        this.max = max;
    }

    @Override
    int parse(byte[] bytes, int start, int end, int row) {
        if (patterns.length == 0) {
            return iso(bytes, start, end, row, false);
        }
        for (TemporalPattern pattern : patterns) {
            if (pattern.parse(bytes, start, end)) {
                return switch (type) {
                    case DATE -> set(row, pattern.epochDay());
                    case TIME -> set(row, pattern.microsOfDay());
                    default ->
                        timestamp(
                                row,
                                pattern.epochDay(),
                                pattern.microsOfDay(),
                                pattern.hasOffset(),
                                pattern.offsetSeconds());
                };
            }
        }
        return malformed();
    }

    @Override
    int parseTyped(byte kind, byte[] bytes, int start, int end, int row) {
        return kind == TextBatch.Kind.TEMPORAL
                ? iso(bytes, start, end, row, true)
                : super.parseTyped(kind, bytes, start, end, row);
    }

    /**
     * @param typed whether the file says that it is a time: spreadsheets have dates with midnight, and timestamps without
     */
    private int iso(byte[] bytes, int start, int end, int row, boolean typed) {
        switch (type) {
            case DATE -> {
                if (iso.date(bytes, start, end)
                        || (typed && iso.timestamp(bytes, start, end) && iso.microsOfDay() == 0)) {
                    return set(row, iso.epochDay());
                }
            }
            case TIME -> {
                if (iso.time(bytes, start, end)) {
                    return set(row, iso.microsOfDay());
                }
            }
            default -> {
                if (iso.timestamp(bytes, start, end) && (typed || iso.timed())) {
                    return timestamp(row, iso.epochDay(), iso.microsOfDay(), iso.zoned(), iso.offsetSeconds());
                }
            }
        }
        return malformed();
    }

    private int malformed() {
        return fault(
                switch (type) {
                    case DATE -> IssueCode.NOT_A_DATE;
                    case TIME -> IssueCode.NOT_A_TIME;
                    default -> IssueCode.NOT_A_TIMESTAMP;
                });
    }

    private int timestamp(int row, long day, long micros, boolean hasOffset, int offset) {
        if (hasOffset) {
            return set(row, day * DAY + micros - offset * 1_000_000L);
        }
        if (zone.isFixedOffset()) {
            return set(row, day * DAY + micros - cachedFixed() * 1_000_000L);
        }
        if (day != cachedDay) {
            look(day);
        }
        if (cacheHolds) {
            return set(row, day * DAY + micros - cachedOffset * 1_000_000L);
        }
        LocalDateTime local =
                LocalDateTime.of(LocalDate.ofEpochDay(day), java.time.LocalTime.ofNanoOfDay(micros * 1_000));
        List<ZoneOffset> valid = zone.getValidOffsets(local);
        if (valid.isEmpty()) {
            return fault(IssueCode.NOT_A_TIMESTAMP); // the clock was put forward past this time
        }
        return set(row, day * DAY + micros - valid.get(0).getTotalSeconds() * 1_000_000L);
    }

    private long cachedFixed() {
        if (!cacheHolds) {
            cachedOffset = zone.getOffset(java.time.Instant.EPOCH).getTotalSeconds();
            cacheHolds = true;
        }
        return cachedOffset;
    }

    /** On nearly all days the whole day has one offset. */
    private void look(long day) {
        LocalDateTime midnight = LocalDate.ofEpochDay(day).atStartOfDay();
        List<ZoneOffset> first = zone.getValidOffsets(midnight);
        List<ZoneOffset> last = zone.getValidOffsets(midnight.plusDays(1));
        cachedDay = day;
        cacheHolds = first.size() == 1
                && first.equals(last)
                && (zone.nextTransition(midnight.toInstant(first.get(0))) == null
                        || zone.nextTransition(midnight.toInstant(first.get(0)))
                                .getInstant()
                                .isAfter(midnight.plusDays(1).toInstant(first.get(0))));
        cachedOffset = first.isEmpty() ? 0 : first.get(0).getTotalSeconds();
    }

    private int set(int row, long value) {
        if (value < min) {
            return fault(IssueCode.TOO_SMALL);
        }
        if (value > max) {
            return fault(IssueCode.TOO_LARGE);
        }
        out.set(row, value);
        return OK;
    }

    @Override
    String expected() {
        if (patterns.length > 0) {
            return List.of(patterns).stream().map(Object::toString).collect(Collectors.joining(" or "));
        }
        return switch (type) {
            case DATE -> "uuuu-MM-dd";
            case TIME -> "HH:mm:ss";
            default -> "uuuu-MM-ddTHH:mm:ss";
        };
    }
}
