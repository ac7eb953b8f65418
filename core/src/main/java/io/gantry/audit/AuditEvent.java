// SPDX-License-Identifier: Apache-2.0
package io.gantry.audit;

import io.gantry.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done. It was written in the same commit as the change it tells of: there is no change without its
 * event, and no event without its change.
 *
 * @param sequence from 1, without gaps within a tenant
 * @param at when
 * @param by who; {@code *} for the engine itself
 * @param action what, such as {@code PIPELINE_APPROVE} or {@code RUN_SUBMIT}
 * @param subject what it was done to: {@code pipeline:<id>}, {@code run:<id>}, {@code file:<ref>} or {@code settings}
 * @param reason why; null when none was given
 * @param before as JSON, what it was like before; null when there was nothing
 * @param after as JSON, what it was like after; null when there is nothing
 * @param hash SHA-256 over all of this and the hash of the event before
 */
public record AuditEvent(
        long sequence,
        Instant at,
        String by,
        String action,
        String subject,
        @Nullable Reason reason,
        @Nullable String before,
        @Nullable String after,
        String hash) {}
