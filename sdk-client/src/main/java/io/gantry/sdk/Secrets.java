// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.FormBody;

/**
 * Masks credentials in text that leaves for logs, exceptions and events, because servers quote what they refuse. Results
 * never pass through here: a value that happens to equal a credential is still the value that the server sent.
 */
final class Secrets {
    private static final int SHORTEST = 4;
    private static final int KEPT_TOKENS = 8;
    private static final String MASK = "***";

    private final Set<String> settled =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private final List<Pattern> words;
    private final Deque<String> fetched = new ArrayDeque<>();

    /**
     * Takes what is masked.
     *
     * @param credentials masked wherever they occur
     * @param headerValues masked where they stand as words of their own, as many are ordinary words
     */
    Secrets(Collection<String> credentials, Collection<String> headerValues) {
        credentials.stream()
                .filter(value -> value.length() >= SHORTEST)
                .flatMap(value -> Stream.of(value, asInForms(value)))
                .forEach(settled::add);
        words = headerValues.stream()
                .filter(value -> value.length() >= SHORTEST)
                .map(value -> Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])"))
                .toList();
    }

    /** Remembers an access token; the oldest ones are forgotten. */
    synchronized void add(String token) {
        fetched.remove(token);
        fetched.addFirst(token);
        if (fetched.size() > KEPT_TOKENS) {
            fetched.removeLast();
        }
    }

    /** Replaces every known secret in the text by {@code ***}. */
    String hide(String text) {
        String hidden = text;
        for (String secret : settled) {
            hidden = hidden.replace(secret, MASK);
        }
        for (String token : fetchedTokens()) {
            hidden = hidden.replace(token, MASK);
        }
        for (Pattern word : words) {
            hidden = word.matcher(hidden).replaceAll(MASK);
        }
        return hidden;
    }

    /** A job's status as a message shows it: words of the protocol are no secrets, whatever a credential is. */
    String shown(JobStatus status) {
        return status.isKnown() ? status.toString() : hide(status.toString());
    }

    /** The value in the encoding of the token request's form, which an identity server may quote. */
    private static String asInForms(String value) {
        return new FormBody.Builder().add("", value).build().encodedValue(0);
    }

    private synchronized List<String> fetchedTokens() {
        return fetched.stream().filter(token -> token.length() >= SHORTEST).toList();
    }
}
