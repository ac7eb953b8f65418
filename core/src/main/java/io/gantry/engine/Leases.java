// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.GantryException;
import io.gantry.run.loop.CancelSwitch;
import io.gantry.spi.ProviderException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work that this engine has taken, and the signs of life it gives for it. Safe for use by several threads. */
final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final Engine engine;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    Leases(Engine engine) {
        this.engine = engine;
    }

    /** Work that this engine has. */
    static final class Held {
        final Ticket ticket;
        final CancelSwitch toggle = new CancelSwitch();
        private volatile Instant until;
        private volatile boolean lost;
        private volatile boolean parked;

        Held(Ticket ticket, Instant until) {
            this.ticket = ticket;
            this.until = until;
        }

        /** Whether someone else may have it by now: then nothing must be written for it any more. */
        boolean isLost() {
            return lost;
        }

        /** Whether it is to be given back, because the engine is closed. */
        boolean isParked() {
            return parked;
        }

        void lose() {
            lost = true;
            toggle.request();
        }

        void park() {
            parked = true;
            toggle.request();
        }
    }

    Held hold(Ticket ticket) {
        Held work = new Held(ticket, engine.clock().instant().plus(engine.lease()));
        held.put(ticket.id(), work);
        return work;
    }

    void release(Held work) {
        held.remove(work.ticket.id(), work);
    }

    Optional<Held> find(String id) {
        return Optional.ofNullable(held.get(id));
    }

    void parkAll() {
        held.values().forEach(Held::park);
    }

    /** Shows signs of life for all work, and learns what was cancelled or lost. */
    void renewAll() {
        for (Held work : held.values()) {
            try {
                renew(work);
            } catch (GantryException | ProviderException e) {
                LOG.debug("A lease could not be renewed: run={}", work.ticket.run(), e);
                if (engine.clock().instant().isAfter(work.until)) {
                    work.lose();
                }
            }
        }
    }

    private void renew(Held work) {
        Instant until = engine.clock().instant().plus(engine.lease());
        boolean cancelled = engine.journal().commit(work.ticket.tenant(), draft -> {
            Optional<Ticket> found =
                    Ticket.find(engine, work.ticket.id()).filter(ticket -> ticket.isHeldLike(work.ticket));
            if (found.isEmpty()) {
                if (held.get(work.ticket.id()) == work) {
                    work.lose();
                }
                return false;
            }
            draft.replace(found.get().renewed(until).document());
            return found.get().cancelledBy() != null;
        });
        work.until = until;
        if (cancelled) {
            work.toggle.request();
        }
    }
}
