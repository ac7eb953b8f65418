// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.GantryException;
import io.gantry.spi.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** One crash, from a new dataset to the end of what comes after it. */
final class Scene {

    private final Crash crash;
    private final Desk.Place place;

    Scene(CrashSite site, Crash crash, Path folder) throws IOException {
        this.crash = crash;
        String name = "c" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        place = new Desk.Place(site, site.make(name, CrashKit.SCHEMA), Files.createDirectories(folder.resolve(name)));
        try (Desk desk = Desk.open(place, Duration.ZERO)) {
            deeds(desk).prepare(desk.stores().dataset().name());
        }
    }

    private Deeds deeds(Desk desk) {
        return new Deeds(desk.workspace(), crash.deed());
    }

    /** An engine of this process dies. */
    void die() throws Exception {
        Death death = new Death(crash.point());
        try (Desk desk = Desk.open(place, Duration.ZERO, death, builder -> builder.crashPoints(death))) {
            try {
                deeds(desk).perform();
            } catch (Death.Thrown | GantryException | ProviderException e) {
                if (!death.isDead()) {
                    throw e;
                }
            }
            death.await();
        }
        goOn(Desk.LEASE.multipliedBy(2));
    }

    /** A process is killed. */
    void kill() throws Exception {
        try (Victim victim = Victim.start(place, crash, Victim.Fate.HALT)) {
            victim.awaitDeath();
        }
        goOn(Desk.LEASE.multipliedBy(2));
    }

    /** A process is frozen, and wakes up when all is over. */
    void freeze() throws Exception {
        Duration later = Desk.LEASE.multipliedBy(2);
        try (Victim victim = Victim.start(place, crash, Victim.Fate.PAUSE)) {
            victim.freeze();
            try (Desk desk = Desk.open(place, later)) {
                Aftermath aftermath = new Aftermath(desk, crash.deed());
                aftermath.checkEffect();
                victim.thaw();
                aftermath.checkEffect();
                aftermath.checkRollback();
            }
        }
    }

    /** An engine is closed, and has no time to wait. */
    void close() throws Exception {
        Closing closing = new Closing(crash.point());
        try (Desk desk = Desk.open(
                place,
                Duration.ZERO,
                null,
                builder -> builder.crashPoints(closing).runs(closing).shutdownGrace(Duration.ZERO))) {
            deeds(desk).perform();
            closing.awaitPoint();
        }
        goOn(Duration.ZERO);
    }

    private void goOn(Duration later) throws IOException {
        try (Desk desk = Desk.open(place, later)) {
            Aftermath aftermath = new Aftermath(desk, crash.deed());
            aftermath.checkEffect();
            aftermath.checkRollback();
        }
    }
}
