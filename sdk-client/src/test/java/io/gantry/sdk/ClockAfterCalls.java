// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;

/** The real clock, which begins to run with a call: what comes before takes none of the time, however slow the machine is. */
final class ClockAfterCalls implements Time {
    private final int first;
    private final AtomicInteger count = new AtomicInteger();
    private volatile long began;

    /** The number of the call with which time begins, from 1. */
    ClockAfterCalls(int first) {
        this.first = first;
    }

    private boolean runs() {
        return count.get() >= first;
    }

    @Override
    public Instant now() {
        return SYSTEM.now();
    }

    @Override
    public long nanos() {
        return runs() ? SYSTEM.nanos() - began : 0;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        SYSTEM.sleep(duration);
    }

    /** Never rings: the calls of this clock notice their deadlines themselves. */
    @Override
    public Runnable alarm(Duration delay, Runnable action) {
        return () -> {};
    }

    @Override
    public void limit(Call call, Duration remaining) {
        if (count.get() + 1 == first) {
            began = SYSTEM.nanos();
        }
        count.incrementAndGet();
        if (runs()) {
            SYSTEM.limit(call, remaining);
        }
    }
}
