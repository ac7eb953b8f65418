// SPDX-License-Identifier: Apache-2.0
package io.gantry.audit;

import io.gantry.Page;

/**
 * The audit log of one tenant. Reached by {@code workspace.audit()}; takes the permission {@code audit:view}; safe for use by
 * several threads.
 *
 * <p>Events form a chain: each has a hash over itself and the hash of the one before. Whoever changes, drops or puts in an
 * event breaks the chain from there on. Cutting off its end does not: to notice that, keep the {@link #head} elsewhere from
 * time to time and give it to {@link #verify(Head)}.
 */
public interface AuditLog {

    /**
     * Finds events.
     *
     * @param query which
     * @return the latest first
     */
    Page<AuditEvent> find(AuditQuery query);

    /**
     * The end of the chain.
     *
     * @return its last event's number and hash
     */
    Head head();

    /**
     * Walks the whole chain.
     *
     * @return whether it is whole
     */
    Verification verify();

    /**
     * Walks the whole chain, which must hold an event that was its head once.
     *
     * @param known kept from an earlier call of {@link #head}
     * @return whether it is whole
     */
    Verification verify(Head known);

    /**
     * The end of a chain.
     *
     * @param sequence number of the last event; 0 when there is none
     * @param hash of the last event; empty when there is none
     */
    record Head(long sequence, String hash) {}

    /**
     * What a walk along the chain found.
     *
     * @param events how many events are in order, from the first
     * @param broken number of the first event that is not as it was written, or is missing; 0 when there is none
     * @param problem what is wrong with it; empty when nothing is
     */
    record Verification(long events, long broken, String problem) {
        /**
         * Whether the chain is whole.
         *
         * @return true when no event is broken
         */
        public boolean isWhole() {
            return broken == 0;
        }
    }
}
