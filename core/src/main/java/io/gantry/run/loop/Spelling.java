// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.check.Names;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the value that a text is a misspelling of. It is strict, because {@code inactive} is near {@code active} and means the
 * opposite: either the text differs by nothing but case, accents, blanks and punctuation, or it is long, and one letter is missing,
 * too many, other or in the wrong place, and not in front.
 */
final class Spelling {

    private static final int LONG = 6;

    private Spelling() {}

    static Optional<String> nearest(String text, Collection<String> right) {
        String name = Names.normalize(text);
        Set<String> same = new TreeSet<>();
        Set<String> near = new TreeSet<>();
        for (String value : right) {
            String known = Names.normalize(value);
            if (known.equals(name)) {
                same.add(value);
            } else if (known.length() >= LONG && name.length() >= LONG && isOneSlip(name, known)) {
                near.add(value);
            }
        }
        Set<String> found = same.isEmpty() ? near : same;
        return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    private static boolean isOneSlip(String left, String right) {
        if (left.charAt(0) != right.charAt(0)) {
            return false;
        }
        int front = 0;
        int shortest = Math.min(left.length(), right.length());
        while (front < shortest && left.charAt(front) == right.charAt(front)) {
            front++;
        }
        int back = 0;
        while (back < shortest - front
                && left.charAt(left.length() - 1 - back) == right.charAt(right.length() - 1 - back)) {
            back++;
        }
        int leftRest = left.length() - front - back;
        int rightRest = right.length() - front - back;
        boolean swapped = leftRest == 2
                && rightRest == 2
                && left.charAt(front) == right.charAt(front + 1)
                && left.charAt(front + 1) == right.charAt(front);
        boolean digits =
                left.chars().anyMatch(Character::isDigit) || right.chars().anyMatch(Character::isDigit);
        return !digits && (swapped || Math.max(leftRest, rightRest) == 1);
    }
}
