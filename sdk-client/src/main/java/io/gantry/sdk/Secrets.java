// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Blots out what must not be seen in text that a server sent, as servers like to quote what they refuse. */
final class Secrets {
    private static final int SHORTEST = 4;
    private static final int KEPT_TOKENS = 8;

    private final Set<String> settled =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private final Deque<String> fetched = new ArrayDeque<>();

    Secrets(Collection<String> values) {
        values.stream().filter(value -> value.length() >= SHORTEST).forEach(settled::add);
    }

    /** Takes note of an access token; older ones are forgotten one by one. */
    synchronized void add(String token) {
        fetched.remove(token);
        fetched.addFirst(token);
        if (fetched.size() > KEPT_TOKENS) {
            fetched.removeLast();
        }
    }

    /** The text with every known secret replaced by {@code ***}. */
    String hide(String text) {
        String hidden = text;
        for (String secret : settled) {
            hidden = hidden.replace(secret, "***");
        }
        for (String token : fetchedTokens()) {
            hidden = hidden.replace(token, "***");
        }
        return hidden;
    }

    private synchronized List<String> fetchedTokens() {
        return List.copyOf(fetched);
    }
}
