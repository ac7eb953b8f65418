// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import okhttp3.FormBody;

/** Blots out what must not be seen in text that a server sent, as servers like to quote what they refuse. */
final class Secrets {
    private static final int SHORTEST = 4;
    private static final int KEPT_TOKENS = 8;

    private final Set<String> settled =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private final Deque<String> fetched = new ArrayDeque<>();

    Secrets(Collection<String> values) {
        values.stream()
                .filter(value -> value.length() >= SHORTEST)
                .flatMap(value -> Stream.of(value, asInForms(value)))
                .forEach(settled::add);
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

    /** As the value stands in the form that asks for a token, which an identity server may quote. */
    private static String asInForms(String value) {
        return new FormBody.Builder().add("", value).build().encodedValue(0);
    }

    private synchronized List<String> fetchedTokens() {
        return List.copyOf(fetched);
    }
}
