// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

/**
 * How one field of the dataset gets its values.
 *
 * @param to the field
 * @param source where its text comes from
 * @param reading how the text becomes a value
 * @param checks what must hold of the value
 */
public record ColumnMapping(
        @NotBlank String to,
        @Valid Source source,
        @Valid Reading reading,
        @Valid Checks checks) {}
