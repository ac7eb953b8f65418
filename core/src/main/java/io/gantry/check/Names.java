// SPDX-License-Identifier: Apache-2.0
package io.gantry.check;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compares names as people write them. */
public final class Names {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Names() {}

    /**
     * A name without what people vary: case, accents, blanks and punctuation.
     *
     * @param name any text
     * @return letters and digits in lower case; the trimmed name itself when it has none
     */
    public static String normalize(String name) {
        String plain =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
        String letters = OTHERS.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
        return letters.isEmpty() ? name.strip() : letters;
    }

    /**
     * A constant as definitions write it.
     *
     * @param constant of any enum
     * @return its name in lower case
     */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The known name that is nearest to a given one.
     *
     * @param name any text
     * @param known names to choose from
     * @return the nearest, when it is near enough to be a slip of the pen
     */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String best = null;
        double bestScore = 0.6;
        for (String candidate : known) {
            double score = similarity(name, candidate);
            if (score > bestScore) {
                bestScore = score;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * How alike two names are.
     *
     * @param left a name
     * @param right a name
     * @return 1 when they are the same once normalized, down to 0
     */
    public static double similarity(String left, String right) {
        String a = normalize(left);
        String b = normalize(right);
        if (a.equals(b)) {
            return 1;
        }
        int longest = Math.max(a.length(), b.length());
        if (longest > 200) {
            return 0; // questions as headers: the table of distances would cost more than it tells
        }
        double distance = 1 - (double) distance(a, b) / longest;
        int shortest = Math.min(a.length(), b.length());
        boolean within = shortest >= 3 && (a.contains(b) || b.contains(a));
        return within ? Math.max(distance, 0.6 + 0.35 * shortest / longest) : distance;
    }

    /** Edit distance with transpositions of neighbours (optimal string alignment). */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] next = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            next[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(next[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, before[j - 2] + 1);
                }
                next[j] = best;
            }
            int[] free = before;
            before = last;
            last = next;
            next = free;
        }
        return last[b.length()];
    }
}
