// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One move in the life of a version.
 *
 * @param move which
 * @param by who made it
 * @param at when
 * @param reason why, or the notes of a review; null when none was given
 * @param contentHash of the content at the time: an approval is good for this content and no other
 */
public record Step(
        Lifecycle move, String by, Instant at, @Nullable Reason reason, String contentHash) {}
