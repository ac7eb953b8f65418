// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;

/** A clock that moves only when somebody sleeps by it, and notes the sleeps. */
final class VirtualTime implements Time {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    private final List<Duration> sleeps = new ArrayList<>();
    private volatile Instant start = Instant.parse("2026-11-01T00:00:00Z");
    private volatile Runnable beforeSleep = () -> {};

    @Override
    public Instant now() {
        return start.plusNanos(nanos.get());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        beforeSleep.run();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        synchronized (sleeps) {
            sleeps.add(duration);
        }
        nanos.addAndGet(duration.toNanos());
    }

    /** None, as no request takes any of this time, however long it lasts by the clock on the wall. */
    @Override
    public void limit(Call call, Duration remaining) {}

    /** Never rings, as this time does not pass by itself. */
    @Override
    public Runnable alarm(Duration delay, Runnable action) {
        return () -> {};
    }

    void beforeSleep(Runnable action) {
        beforeSleep = action;
    }

    /** Sets the wall clock, as an administrator would; time spans are not affected. */
    void setWallClock(Instant instant) {
        start = instant.minusNanos(nanos.get());
    }

    List<Duration> sleeps() {
        synchronized (sleeps) {
            return List.copyOf(sleeps);
        }
    }

    Duration slept() {
        return sleeps().stream().reduce(Duration.ZERO, Duration::plus);
    }
}
