// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi;

/** What a caller should make of a failure. */
public enum FailureKind {
    /** The input or the definition is wrong: trying again gives the same answer. */
    DATA,
    /** A policy, a permission or the state of things refused it. */
    DENIED,
    /** Something outside was not available: trying again may help. */
    TRANSIENT,
    /** It cannot be told whether the change was made: neither clean up nor try again blindly. */
    UNKNOWN_OUTCOME,
    /** A defect in the engine or in a provider. */
    INTERNAL
}
