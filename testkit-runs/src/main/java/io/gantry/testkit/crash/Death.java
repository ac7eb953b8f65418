// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.run.CrashPoint;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The death of an engine at a point: from then on nothing that it writes arrives anywhere. */
final class Death implements Consumer<CrashPoint> {

    private static final long SECONDS = 60;

    private final CrashPoint point;
    private final CountDownLatch died = new CountDownLatch(1);
    private volatile boolean dead;

    Death(CrashPoint point) {
        this.point = point;
    }

    /** Ends the thread that has come to the point, as the death of its process would. */
    static final class Thrown extends Error {
        private static final long serialVersionUID = 1L;

        Thrown(CrashPoint point) {
            super("The process died at " + point);
        }
    }

    @Override
    public void accept(CrashPoint reached) {
        if (dead || reached == point) {
            dead = true;
            died.countDown();
            throw new Thrown(reached);
        }
    }

    boolean isDead() {
        return dead;
    }

    ProviderException refusal() {
        return new ProviderException("DEAD", FailureKind.TRANSIENT, "The process died at " + point);
    }

    void await() throws InterruptedException {
        assertThat(died.await(SECONDS, TimeUnit.SECONDS))
                .as("the engine comes to %s", point)
                .isTrue();
    }
}
