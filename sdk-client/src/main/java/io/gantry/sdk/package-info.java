// SPDX-License-Identifier: Apache-2.0
/**
 * The typed client of remote ImpEx servers: {@code client.impex().exp(request)} and {@code client.impex().imp(request)}.
 *
 * <p>The entry point is {@link io.gantry.sdk.ImpexClient}. All types here are immutable and may be shared between threads; every
 * failure is an {@link io.gantry.sdk.ImpexException} with a stable {@link io.gantry.sdk.ErrorCode}.
 */
@NullMarked
package io.gantry.sdk;

import org.jspecify.annotations.NullMarked;
