// SPDX-License-Identifier: Apache-2.0
package io.gantry.check;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.mapping.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Gathers what is wrong with a definition, so that all of it is told at once. */
public final class Faults {

    private static final int SHOWN = 20;

    private final String subject;
    private final List<Fault> faults = new ArrayList<>();

    /**
     * Begins without faults.
     *
     * @param subject what is checked, for the message, such as {@code Mapping}
     */
    public Faults(String subject) {
        this.subject = subject;
    }

    /**
     * Adds a fault.
     *
     * @param path where
     * @param message what is wrong and what would be right
     */
    public void add(String path, String message) {
        faults.add(new Fault(path, message, null));
    }

    /**
     * Adds the fault of a name that is not among those known.
     *
     * @param path where
     * @param noun what it should name, such as {@code field}
     * @param name the unknown name
     * @param known the names that would be right
     */
    public void unknown(String path, String noun, String name, Collection<String> known) {
        String names = known.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (known.size() > SHOWN ? ", … (" + known.size() + " in all)" : "");
        faults.add(new Fault(
                path,
                "There is no " + noun + " '" + name + "'; known are: " + (names.isEmpty() ? "none" : names),
                Names.nearest(name, known).orElse(null)));
    }

    /**
     * Whether nothing is wrong.
     *
     * @return true as long as no fault was added
     */
    public boolean isEmpty() {
        return faults.isEmpty();
    }

    /**
     * The faults so far.
     *
     * @return in the order they were added
     */
    public List<Fault> list() {
        return List.copyOf(faults);
    }

    /**
     * Does nothing when nothing is wrong.
     *
     * @throws GantryException {@code INVALID_DEFINITION} with all faults, in its message and as detail {@code faults}
     */
    public void throwIfAny() {
        if (faults.isEmpty()) {
            return;
        }
        String lines = faults.stream().limit(SHOWN).map(fault -> "\n  " + fault).collect(Collectors.joining());
        String more = faults.size() > SHOWN ? "\n  … and " + (faults.size() - SHOWN) + " more" : "";
        throw new GantryException(
                ErrorCode.INVALID_DEFINITION,
                subject + " has " + faults.size() + (faults.size() == 1 ? " fault:" : " faults:") + lines + more,
                Map.of("faults", list()),
                null);
    }
}
