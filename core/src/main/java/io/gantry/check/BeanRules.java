// SPDX-License-Identifier: Apache-2.0
package io.gantry.check;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Checks definitions and commands by the Jakarta Validation constraints on their components. */
public final class BeanRules {

    /** Made when first used: an engine that only runs what was checked before starts without it. */
    private static final class Holder {
        // no expression language: a message with an expression is shown as it is, and evaluated never
        private static final Validator VALIDATOR = Validation.byDefaultProvider()
                .configure()
                // English as all else that the engine says, on whatever machine
                .messageInterpolator(new ParameterMessageInterpolator(Set.of(Locale.ENGLISH), Locale.ENGLISH, false))
                .buildValidatorFactory()
                .getValidator();
    }

    private BeanRules() {}

    /**
     * The validator the engine uses.
     *
     * @return safe for use by several threads
     */
    public static Validator validator() {
        return Holder.VALIDATOR;
    }

    /**
     * Adds a fault for each violated constraint.
     *
     * @param command what to check
     * @param faults where to tell of it
     */
    public static void check(Object command, Faults faults) {
        for (ConstraintViolation<Object> violation : validator().validate(command)) {
            faults.add(violation.getPropertyPath().toString(), violation.getMessage());
        }
    }
}
