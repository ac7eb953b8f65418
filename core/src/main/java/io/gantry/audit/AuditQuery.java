// SPDX-License-Identifier: Apache-2.0
package io.gantry.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events to find; null does not restrict.
 *
 * @param by who did it
 * @param action what was done
 * @param subject what it was done to
 * @param from the earliest moment
 * @param until the moment before which it was done
 * @param limit how many events a page has at most, from 1 to 1,000
 * @param next where the page begins; null for the first
 */
public record AuditQuery(
        @Nullable String by,
        @Nullable String action,
        @Nullable String subject,
        @Nullable Instant from,
        @Nullable Instant until,
        int limit,
        @Nullable String next) {

    /** All events, a hundred a page. */
    public static final AuditQuery ALL = new AuditQuery(null, null, null, null, null, 100, null);

    public AuditQuery {
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("The limit is " + limit + "; it must be from 1 to 1000");
        }
    }

    /**
     * Events about one thing.
     *
     * @param subject such as {@code pipeline:<id>}
     * @return a copy
     */
    public AuditQuery subject(String subject) {
        return new AuditQuery(by, action, subject, from, until, limit, next);
    }

    /**
     * Events of one kind.
     *
     * @param action such as {@code RUN_SUBMIT}
     * @return a copy
     */
    public AuditQuery action(String action) {
        return new AuditQuery(by, action, subject, from, until, limit, next);
    }

    /**
     * What one principal did.
     *
     * @param by their name
     * @return a copy
     */
    public AuditQuery by(String by) {
        return new AuditQuery(by, action, subject, from, until, limit, next);
    }

    /**
     * Events of some time.
     *
     * @param from the earliest moment
     * @param until the moment before which they happened
     * @return a copy
     */
    public AuditQuery between(Instant from, Instant until) {
        return new AuditQuery(by, action, subject, from, until, limit, next);
    }

    /**
     * Another page.
     *
     * @param limit how many events at most
     * @param next where it begins, or null
     * @return a copy
     */
    public AuditQuery page(int limit, @Nullable String next) {
        return new AuditQuery(by, action, subject, from, until, limit, next);
    }
}
