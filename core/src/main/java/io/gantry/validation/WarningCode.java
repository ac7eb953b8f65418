// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

/**
 * What a run warns of. Formats may report codes of their own beside these, in the same style; a code is never given another
 * meaning.
 */
public enum WarningCode {
    /** The file of rejects is written with other options than the file has, because those cannot hold every text. */
    REJECTS_OTHER_OPTIONS;
}
