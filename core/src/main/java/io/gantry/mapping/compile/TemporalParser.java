// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.mapping.Reading;
import io.gantry.mapping.Reading.ClockChange;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.schema.FieldType;
import io.gantry.validation.IssueCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.stream.Collectors;

/** Dates, times and timestamps: in ISO notation, or by the patterns of the mapping. */
final class TemporalParser extends CellParser<LongColumn> {

    private static final long DAY = 86_400_000_000L;

    private static final int CUT = -fault(IssueCode.FRACTION_CUT);
    private static final int NO_OFFSET = Integer.MIN_VALUE;
    private static final long YEAR_100 = Iso.epochDay(100, 1, 1);

    private final FieldType type;
    private final TemporalPattern[] patterns;
    private final boolean shortYears;
    private final ZoneRules zone;
    private final ClockChange clockChange;
    private final long min;
    private final long max;
    private final long firstDay;
    private final int malformed;
    private final Iso iso = new Iso();
    private long cachedDay = Long.MIN_VALUE;
    private long cachedOffset;
    private boolean cacheHolds;

    /**
     * @param min smallest value allowed; {@link Long#MIN_VALUE} for none: then years below 100 are taken for years of two digits
     *     and refused
     * @param anyYear whether they are taken all the same
     */
    TemporalParser(
            LongColumn out, List<TemporalPattern> patterns, Reading.Times times, long min, long max, boolean anyYear) {
        super(out);
        this.type = out.field().type();
        this.patterns = patterns.toArray(TemporalPattern[]::new);
        this.shortYears = patterns.stream().anyMatch(TemporalPattern::hasShortYears);
        ZoneId given = times.zone();
        this.zone = (given == null ? ZoneOffset.UTC : given).getRules();
        this.clockChange = times.clockChange();
        this.min = min;
        this.max = max;
        this.firstDay = anyYear || min != Long.MIN_VALUE ? Long.MIN_VALUE : YEAR_100;
        this.malformed = fault(
                switch (type) {
                    case DATE -> IssueCode.NOT_A_DATE;
                    case TIME -> IssueCode.NOT_A_TIME;
                    default -> IssueCode.NOT_A_TIMESTAMP;
                });
    }

    @Override
    int parse(byte[] bytes, int start, int end, int row) {
        if (patterns.length == 0) {
            int fault = iso(bytes, start, end, row, false);
            return fault == OK && iso.cut() ? CUT : fault;
        }
        for (TemporalPattern pattern : patterns) {
            if (pattern == TemporalPattern.ISO) {
                int fault = iso(bytes, start, end, row, false);
                if (fault != malformed) {
                    return fault == OK && iso.cut() ? CUT : fault;
                }
            } else if (pattern.parse(bytes, start, end)) {
                int fault = patterned(pattern, row);
                return fault == OK && pattern.cut() ? CUT : fault;
            }
        }
        return malformed(bytes, start, end);
    }

    private int patterned(TemporalPattern pattern, int row) {
        long micros = pattern.microsOfDay();
        switch (type) {
            case DATE -> {
                return micros == 0 && !pattern.cut()
                        ? date(row, pattern.epochDay())
                        : fault(IssueCode.TIME_NOT_MIDNIGHT);
            }
            case TIME -> {
                return set(row, micros);
            }
            default -> {
                ZoneRules region = pattern.region();
                if (region != null) {
                    return local(row, pattern.epochDay(), micros, region);
                }
                int offset = pattern.hasOffset() ? pattern.offsetSeconds() : NO_OFFSET;
                return timestamp(row, pattern.epochDay(), micros, offset);
            }
        }
    }

    @Override
    int parseTyped(byte kind, byte[] bytes, int start, int end, int row) {
        if (kind != TextBatch.Kind.TEMPORAL) {
            return super.parseTyped(kind, bytes, start, end, row);
        }
        int fault = iso(bytes, start, end, row, true);
        return fault == OK && iso.cut() ? CUT : fault;
    }

    /**
     * @param typed whether the file says that it is a time: spreadsheets have timestamps without a time
     */
    private int iso(byte[] bytes, int start, int end, int row, boolean typed) {
        switch (type) {
            case DATE -> {
                if (iso.date(bytes, start, end)) {
                    return date(row, iso.epochDay());
                }
                if (iso.timestamp(bytes, start, end)) {
                    return iso.microsOfDay() == 0 && !iso.cut()
                            ? date(row, iso.epochDay())
                            : fault(IssueCode.TIME_NOT_MIDNIGHT);
                }
            }
            case TIME -> {
                if (iso.time(bytes, start, end)) {
                    return set(row, iso.microsOfDay());
                }
            }
            default -> {
                if (iso.timestamp(bytes, start, end) && (typed || iso.timed())) {
                    int offset = iso.zoned() ? iso.offsetSeconds() : NO_OFFSET;
                    return timestamp(row, iso.epochDay(), iso.microsOfDay(), offset);
                }
            }
        }
        return patterns.length == 0 ? malformed(bytes, start, end) : malformed;
    }

    private int malformed(byte[] bytes, int start, int end) {
        return type != FieldType.TIME && !shortYears && ShortYears.isIn(bytes, start, end)
                ? fault(IssueCode.TWO_DIGIT_YEAR)
                : malformed;
    }

    private int date(int row, long day) {
        return day < firstDay ? fault(IssueCode.TWO_DIGIT_YEAR) : set(row, day);
    }

    private int timestamp(int row, long day, long micros, int offset) {
        if (day < firstDay) {
            return fault(IssueCode.TWO_DIGIT_YEAR);
        }
        if (offset != NO_OFFSET) {
            return set(row, day * DAY + micros - offset * 1_000_000L);
        }
        if (zone.isFixedOffset()) {
            return set(row, day * DAY + micros - cachedFixed() * 1_000_000L);
        }
        if (day != cachedDay) {
            look(day);
        }
        return cacheHolds ? set(row, day * DAY + micros - cachedOffset * 1_000_000L) : local(row, day, micros, zone);
    }

    /** A local time of a day on which the clocks may change. */
    private int local(int row, long day, long micros, ZoneRules rules) {
        if (day < firstDay) {
            return fault(IssueCode.TWO_DIGIT_YEAR);
        }
        LocalDateTime local = LocalDateTime.of(LocalDate.ofEpochDay(day), LocalTime.ofNanoOfDay(micros * 1_000));
        List<ZoneOffset> valid = rules.getValidOffsets(local);
        int offset;
        if (valid.size() == 1) {
            offset = valid.get(0).getTotalSeconds();
        } else if (clockChange == ClockChange.REJECT) {
            return fault(valid.isEmpty() ? IssueCode.TIME_IN_GAP : IssueCode.TIME_AMBIGUOUS);
        } else {
            ZoneOffsetTransition change = rules.getTransition(local);
            int before = change.getOffsetBefore().getTotalSeconds();
            int after = change.getOffsetAfter().getTotalSeconds();
            // the greater the offset, the earlier the instant
            offset = clockChange == ClockChange.EARLIER ? Math.max(before, after) : Math.min(before, after);
        }
        return set(row, day * DAY + micros - offset * 1_000_000L);
    }

    private long cachedFixed() {
        if (!cacheHolds) {
            cachedOffset = zone.getOffset(Instant.EPOCH).getTotalSeconds();
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
