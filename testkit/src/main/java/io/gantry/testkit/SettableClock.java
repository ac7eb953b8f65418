// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. Safe for use by several threads; its zone is UTC. */
public final class SettableClock extends Clock {

    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    private SettableClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /**
     * A clock.
     *
     * @param now what it shows at first
     * @return standing still
     */
    public static SettableClock at(Instant now) {
        return new SettableClock(new AtomicReference<>(now), ZoneOffset.UTC);
    }

    /**
     * A clock.
     *
     * @param now what it shows at first, such as {@code 2026-01-31T08:00:00Z}
     * @return standing still
     */
    public static SettableClock at(String now) {
        return at(Instant.parse(now));
    }

    /**
     * Moves it on.
     *
     * @param by how far; backwards, when negative
     */
    public void advance(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }

    /**
     * Sets it.
     *
     * @param to what it shows from now on
     */
    public void set(Instant to) {
        now.set(to);
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock in another zone: both are moved together. */
    @Override
    public Clock withZone(ZoneId other) {
        return new SettableClock(now, other);
    }
}
