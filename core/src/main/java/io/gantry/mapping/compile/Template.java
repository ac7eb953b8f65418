// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import java.util.ArrayList;
import java.util.List;

/**
 * A template taken apart.
 *
 * @param parts texts and names of columns in turn, as they stand in the pattern
 */
record Template(List<Part> parts) {

    /**
     * A part of a template.
     *
     * @param text a text, or the name of a column
     * @param isColumn which of the two
     */
    record Part(String text, boolean isColumn) {}

    /**
     * Takes a pattern apart.
     *
     * @throws IllegalArgumentException when a brace is left open
     */
    static Template of(String pattern) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            boolean doubled = at + 1 < pattern.length() && pattern.charAt(at + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                text.append(c);
                at++;
            } else if (c == '{') {
                int close = pattern.indexOf('}', at);
                if (close < 0) {
                    throw new IllegalArgumentException("the brace at " + (at + 1) + " is never closed");
                }
                if (!text.isEmpty()) {
                    parts.add(new Part(text.toString(), false));
                    text.setLength(0);
                }
                parts.add(new Part(pattern.substring(at + 1, close).strip(), true));
                at = close;
            } else if (c == '}') {
                throw new IllegalArgumentException("the brace at " + (at + 1) + " closes nothing");
            } else {
                text.append(c);
            }
        }
        if (!text.isEmpty()) {
            parts.add(new Part(text.toString(), false));
        }
        return new Template(parts);
    }

    List<String> columns() {
        return parts.stream().filter(Part::isColumn).map(Part::text).toList();
    }
}
