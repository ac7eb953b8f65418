// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.time.temporal.TemporalQuery;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of dates and times, as {@link DateTimeFormatter} knows them. Patterns of digits are read without allocating
 * anything; those with names of months, halves of days, zones or optional parts go through the formatter. {@code y} means
 * the same as {@code u}. Dates must exist: no 31st of April. An instance belongs to one thread: it holds what was read
 * last.
 */
final class TemporalPattern {

    private static final int NO_OFFSET = Integer.MIN_VALUE;
    private static final String ISO_WORD = "iso";

    /** Stands for ISO notation among the patterns; it is read by {@link Iso}. */
    static final TemporalPattern ISO = new TemporalPattern(ISO_WORD, null, List.of(), 0, false);

    private final String pattern;
    private final @Nullable DateTimeFormatter formatter;
    private final List<Part> parts;
    private final int pivot;
    private final boolean shortYears;
    private int year;
    private int month;
    private int day;
    private long micros;
    private int offset;
    private boolean cut;
    private @Nullable ZoneRules region;

    /**
     * A part of a pattern of digits: either a letter with the number of digits it has, or a text.
     *
     * @param letter {@code u M d H m s S X}, or {@code '} for a text
     */
    private record Part(char letter, int least, int most, byte[] text) {}

    private TemporalPattern(
            String pattern, @Nullable DateTimeFormatter formatter, List<Part> parts, int pivot, boolean shortYears) {
        this.pattern = pattern;
        this.formatter = formatter;
        this.parts = parts;
        this.pivot = pivot;
        this.shortYears = shortYears;
    }

    /**
     * Compiles a pattern.
     *
     * @param pivot the latest year that a year of two digits may mean; null when such years are not read
     * @throws IllegalArgumentException when it is none
     */
    static TemporalPattern of(String pattern, @Nullable Locale locale, @Nullable Integer pivot) {
        if (pattern.equals(ISO_WORD)) {
            return ISO;
        }
        List<String> pieces = aroundShortYears(proleptic(pattern));
        int latest = pivot == null ? 0 : pivot;
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        for (int i = 0; i < pieces.size(); i++) {
            if (i > 0) {
                builder.appendValueReduced(ChronoField.YEAR, 2, 2, latest - 99);
            }
            builder.appendPattern(pieces.get(i));
        }
        DateTimeFormatter formatter =
                builder.toFormatter(locale == null ? Locale.ENGLISH : locale).withResolverStyle(ResolverStyle.STRICT);
        List<Part> parts = new ArrayList<>();
        boolean digits = digits(proleptic(pattern), parts);
        return new TemporalPattern(
                pattern, digits ? null : formatter, digits ? parts : List.of(), latest, pieces.size() > 1);
    }

    /** The pieces of a pattern between its years of two digits. */
    private static List<String> aroundShortYears(String pattern) {
        List<String> pieces = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int at = 0; at < pattern.length(); ) {
            int run = at + 1;
            while (run < pattern.length() && pattern.charAt(run) == pattern.charAt(at)) {
                run++;
            }
            if (pattern.charAt(at) == '\'') {
                quoted ^= (run - at) % 2 == 1;
            } else if (pattern.charAt(at) == 'u' && !quoted && run - at == 2) {
                pieces.add(pattern.substring(begin, at));
                begin = run;
            }
            at = run;
        }
        pieces.add(pattern.substring(begin));
        return pieces;
    }

    /** Whether it has years of two digits. */
    boolean hasShortYears() {
        return shortYears;
    }

    /** With {@code u} for {@code y} outside of quotes. */
    private static String proleptic(String pattern) {
        StringBuilder out = new StringBuilder();
        boolean quoted = false;
        for (char c : pattern.toCharArray()) {
            quoted ^= c == '\'';
            out.append(c == 'y' && !quoted ? 'u' : c);
        }
        return out.toString();
    }

    /** Takes the pattern apart; false when the formatter has to read it. */
    private static boolean digits(String pattern, List<Part> parts) {
        for (int at = 0; at < pattern.length(); ) {
            char c = pattern.charAt(at);
            int run = at;
            while (run < pattern.length() && pattern.charAt(run) == c) {
                run++;
            }
            int length = run - at;
            switch (c) {
                case 'u' -> {
                    if (length != 4 && length != 2) {
                        return false;
                    }
                    parts.add(new Part(c, length, length, new byte[0]));
                }
                case 'M', 'd', 'H', 'm', 's' -> {
                    if (length > 2) {
                        return false;
                    }
                    parts.add(new Part(c, length, 2, new byte[0]));
                }
                case 'S' -> {
                    if (length > 9) {
                        return false;
                    }
                    parts.add(new Part(c, length, length, new byte[0]));
                }
                default -> {
                    if (Character.isLetter(c) || "'[]{}#".indexOf(c) >= 0) {
                        return false;
                    }
                    parts.add(new Part('\'', 0, 0, pattern.substring(at, run).getBytes(StandardCharsets.UTF_8)));
                }
            }
            at = run;
        }
        return true;
    }

    /** Whether it has year, month and day. */
    boolean hasDate() {
        return has("u") && has("M") && has("d") || formatter != null && formats(TemporalQueries.localDate());
    }

    /** Whether it has an hour. */
    boolean hasTime() {
        return has("H") || formatter != null && formats(TemporalQueries.localTime());
    }

    private boolean has(String letter) {
        return parts.stream().anyMatch(part -> part.letter == letter.charAt(0));
    }

    private boolean formats(TemporalQuery<?> query) {
        try {
            String sample = formatter == null
                    ? ""
                    : formatter.format(ZonedDateTime.of(2024, 10, 25, 13, 45, 56, 0, ZoneOffset.UTC));
            return formatter != null && formatter.parse(sample).query(query) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Reads a text; the getters then tell what it said. */
    boolean parse(byte[] bytes, int start, int end) {
        if (shortYears && pivot == 0) {
            return false;
        }
        return formatter == null ? parseDigits(bytes, start, end) : parseFormatted(formatter, bytes, start, end);
    }

    private boolean parseDigits(byte[] bytes, int start, int end) {
        year = 1970;
        month = 1;
        day = 1;
        micros = 0;
        offset = NO_OFFSET;
        cut = false;
        int at = start;
        for (int p = 0; p < parts.size(); p++) {
            Part part = parts.get(p);
            if (part.letter == '\'') {
                for (byte b : part.text) {
                    if (at == end || bytes[at++] != b) {
                        return false;
                    }
                }
                continue;
            }
            int value = 0;
            int digits = 0;
            while (digits < part.most && at < end && Slices.digit(bytes[at]) >= 0) {
                value = value * 10 + bytes[at++] - '0';
                digits++;
            }
            if (digits < part.least || !set(part, value)) {
                return false;
            }
        }
        return at == end && day <= Iso.daysOf(year, month);
    }

    private boolean set(Part part, int value) {
        switch (part.letter) {
            case 'u' -> year = part.most == 2 ? fullYear(value) : value;
            case 'M' -> {
                month = value;
                return value >= 1 && value <= 12;
            }
            case 'd' -> {
                day = value;
                return value >= 1;
            }
            case 'H' -> {
                micros += value * 3_600_000_000L;
                return value < 24;
            }
            case 'm' -> {
                micros += value * 60_000_000L;
                return value < 60;
            }
            case 's' -> {
                micros += value * 1_000_000L;
                return value < 60;
            }
            default -> {
                long fraction = value;
                for (int i = part.most; i < 6; i++) {
                    fraction *= 10;
                }
                for (int i = part.most; i > 6; i--) {
                    cut |= fraction % 10 != 0;
                    fraction /= 10;
                }
                micros += fraction;
            }
        }
        return true;
    }

    private int fullYear(int value) {
        int full = pivot - pivot % 100 + value;
        return full > pivot ? full - 100 : full;
    }

    private boolean parseFormatted(DateTimeFormatter formatter, byte[] bytes, int start, int end) {
        try {
            TemporalAccessor read = formatter.parse(Slices.text(bytes, start, end));
            LocalDate date = read.query(TemporalQueries.localDate());
            LocalTime time = read.query(TemporalQueries.localTime());
            year = date == null ? 1970 : date.getYear();
            month = date == null ? 1 : date.getMonthValue();
            day = date == null ? 1 : date.getDayOfMonth();
            micros = time == null ? 0 : time.toNanoOfDay() / 1_000;
            cut = time != null && time.getNano() % 1_000 != 0;
            region = null;
            offset = read.isSupported(ChronoField.OFFSET_SECONDS) ? read.get(ChronoField.OFFSET_SECONDS) : NO_OFFSET;
            if (offset == NO_OFFSET && date != null && time != null) {
                ZoneId zone = read.query(TemporalQueries.zoneId());
                if (zone != null) {
                    region = zone.getRules();
                }
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    long epochDay() {
        return Iso.epochDay(year, month, day);
    }

    long microsOfDay() {
        return micros;
    }

    /** Whether the fraction of the second was finer than a microsecond. */
    boolean cut() {
        return cut;
    }

    /** The rules of the zone that the text named; null when it named none, or an offset. */
    @Nullable
    ZoneRules region() {
        return region;
    }

    boolean hasOffset() {
        return offset != NO_OFFSET;
    }

    int offsetSeconds() {
        return offset;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
