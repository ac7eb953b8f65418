// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** How long the server asks to wait: {@code x-retry-after}, which may be a fraction of seconds, then {@code Retry-After}. */
final class RetryHint {
    /** The platform's own header, in seconds. */
    static final String PRECISE = "x-retry-after";
    /** The standard header, in whole seconds or as a date. */
    static final String STANDARD = "Retry-After";

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

    private RetryHint() {}

    /** The pause that obeys a hint: never so short that a server which asks for none, or for a past time, is flooded. */
    static Duration pause(Duration hint) {
        return hint.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : hint;
    }

    /** The pause asked for, from none to a day; null if none is asked for, or if the header cannot be read. */
    static @Nullable Duration in(Headers headers, Time time) {
        Duration precise = seconds(headers.get(PRECISE));
        if (precise != null) {
            return precise;
        }
        Duration standard = seconds(headers.get(STANDARD));
        if (standard != null) {
            return standard;
        }
        Date until = headers.getDate(STANDARD);
        if (until == null) {
            return null;
        }
        // Measured by the server's clock where it tells the time, as the clock here may be wrong.
        Date sent = headers.getDate("Date");
        Instant now = sent == null ? time.now() : sent.toInstant();
        return clamp(Duration.between(now, until.toInstant()));
    }

    private static @Nullable Duration seconds(@Nullable String text) {
        if (text == null || text.length() > 20) {
            return null;
        }
        try {
            // Bounded before anything is calculated, as the number may be of any size.
            BigDecimal seconds =
                    new BigDecimal(text.strip()).max(BigDecimal.ZERO).min(BigDecimal.valueOf(LONGEST.toSeconds()));
            return Duration.ofMillis(seconds.movePointRight(3).longValue());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Duration clamp(Duration hint) {
        if (hint.isNegative()) {
            return Duration.ZERO;
        }
        return hint.compareTo(LONGEST) > 0 ? LONGEST : hint;
    }
}
