// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Lets some calls run into a short time-out of the client, those whose answers never come, and gives all others the time that a
 * busy machine may take: with one time-out for all, it would have to be long for these and short for those.
 */
final class Hurry implements Interceptor {
    static final Duration SOON = Duration.ofMillis(300);

    private static final int LONG = (int) Bench.PATIENCE.toMillis();

    private final Bench bench;
    private final Set<Integer> calls;
    private final AtomicInteger count = new AtomicInteger();

    /** The numbers of the calls that are in a hurry, from 1. */
    Hurry(Bench bench, Set<Integer> calls) {
        this.bench = bench;
        this.calls = calls;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        int call = count.incrementAndGet();
        if (calls.contains(call - 1) && chain.request().method().equals("GET")) {
            bench.awaitRequests(call - 1); // else a slow server might give this one the answer of the one before
        }
        Chain patient = chain.withConnectTimeout(LONG, TimeUnit.MILLISECONDS);
        return (calls.contains(call)
                        ? patient
                        : patient.withReadTimeout(LONG, TimeUnit.MILLISECONDS)
                                .withWriteTimeout(LONG, TimeUnit.MILLISECONDS))
                .proceed(chain.request());
    }
}
