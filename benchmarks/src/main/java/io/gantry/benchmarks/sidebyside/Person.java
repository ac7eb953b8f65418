// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row as an object, with constraints that check what the mapping of the sample file checks. */
record Person(
        @Min(1) long id,
        @NotNull @Email @Size(max = 254) @Nullable String email,
        @NotNull @Size(max = 100) @Nullable String firstName,
        @NotNull @Size(max = 100) @Nullable String lastName,
        LocalDate born,

        @DecimalMin("-1000000") @DecimalMax("1000000") @Digits(integer = 10, fraction = 2) @Nullable
        BigDecimal balance,

        @NotNull @Pattern(regexp = "active|suspended|closed|pending") @Nullable
        String status,

        @Pattern(regexp = "\\+?[0-9 ()-]{6,20}") @Nullable String phone,
        @Size(min = 2, max = 2) @Nullable String country,
        @Min(0) long visits,
        OffsetDateTime joined,
        @Size(max = 2000) @Nullable String remark) {

    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2030, 1, 1);

    @AssertTrue
    boolean isBornInRange() {
        return !born.isBefore(FIRST) && !born.isAfter(LAST);
    }
}
