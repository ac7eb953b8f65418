// SPDX-License-Identifier: Apache-2.0
package io.gantry.smoke;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import java.time.LocalDate;

/** A record of the application, not public: a module has to open its package. */
record Student(@NotBlank String id, @Email String email, LocalDate born) {}
