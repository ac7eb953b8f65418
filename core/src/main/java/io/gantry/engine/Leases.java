// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.run.loop.CancelSwitch;
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
    private volatile boolean closing;

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
        private volatile Instant deadline = Instant.MAX;
        private volatile boolean timedOut;

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

        /** Has it stopped when it is not done by some time. */
        void limit(Instant deadline) {
            this.deadline = deadline;
        }

        /** Whether it was stopped because it took too long. */
        boolean isTimedOut() {
            return timedOut;
        }

        private void stopIfLate(Instant now) {
            if (now.isAfter(deadline) && !toggle.requested()) {
                timedOut = true;
                toggle.request();
            }
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

    /** Begins to show signs of life for work that was just taken. */
    Held hold(Ticket ticket) {
        Instant until = ticket.leaseUntil();
        Held work = new Held(ticket, until == null ? engine.clock().instant() : until);
        Held before = held.put(ticket.id(), work);
        if (before != null) {
            before.lose(); // this engine has taken over from itself
        }
        if (ticket.cancelledBy() != null) {
            work.toggle.request();
        }
        if (closing) {
            work.park(); // taken while the others were parked
        }
        return work;
    }

    void release(Held work) {
        held.remove(work.ticket.id(), work);
    }

    Optional<Held> find(String id) {
        return Optional.ofNullable(held.get(id));
    }

    /** Whether the engine is being closed: nothing is to be taken any more. */
    boolean isClosing() {
        return closing;
    }

    void parkAll() {
        closing = true;
        held.values().forEach(Held::park);
    }

    /** Shows signs of life for all work, and learns what was cancelled or lost, or takes too long. */
    void renewAll() {
        for (Held work : held.values()) {
            work.stopIfLate(engine.clock().instant());
            try {
                renew(work);
            } catch (RuntimeException e) {
                // one that fails keeps no other from being renewed
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
