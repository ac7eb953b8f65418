// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.run.CrashPoint;
import io.gantry.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A process that does a deed and is ended, or held, at a point of it. Started by {@link CrashKit}. */
public final class CrashVictim {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private CrashVictim() {}

    /**
     * Runs the process.
     *
     * @param arguments class of the site, place of the stores, folder of files, deed, point, and what happens there
     * @throws Exception when it cannot do what it should
     */
    public static void main(String[] arguments) throws Exception {
        CrashSite site =
                (CrashSite) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        Desk.Place place = new Desk.Place(site, arguments[1], Path.of(arguments[2]));
        Consumer<CrashPoint> end = end(CrashPoint.valueOf(arguments[4]), Victim.Fate.valueOf(arguments[5]));
        try (Desk desk = Desk.open(place, Duration.ZERO, null, builder -> builder.crashPoints(end))) {
            Run run = new Deeds(desk.workspace(), Deed.valueOf(arguments[3])).perform();
            run.await(LONGEST);
        }
    }

    private static Consumer<CrashPoint> end(CrashPoint point, Victim.Fate fate) {
        AtomicBoolean first = new AtomicBoolean(true);
        return reached -> {
            if (reached == point && first.getAndSet(false)) {
                if (fate == Victim.Fate.HALT) {
                    Runtime.getRuntime().halt(Victim.HALTED);
                }
                pause();
            }
        };
    }

    private static void pause() {
        System.out.println(Victim.HERE);
        try {
            System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
