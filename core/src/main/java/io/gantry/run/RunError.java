// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

/**
 * Why a run failed.
 *
 * @param code stable, see {@link io.gantry.GantryException#code()}
 * @param message for people
 */
public record RunError(String code, String message) {}
