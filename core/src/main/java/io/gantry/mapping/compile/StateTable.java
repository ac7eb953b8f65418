// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the plainest kind as a table of states, which reads each character once. Of that kind are
 * characters and classes of them, each with a quantifier or without one, such as {@code \+?[0-9 ()-]{6,20}}: most that people
 * write to check a column. It knows ASCII texts only. Of what such a text matches it says the same as {@link
 * java.util.regex.Pattern}, which takes ten times as long.
 */
final class StateTable {

    /** Greatest number of states; expressions that would need more are left to others. */
    private static final int STATES = 256;

    private static final int CHARACTERS = 128;
    private static final int FIRST = 1; // 0 is that from which no text matches any more

    private final short[] next;
    private final boolean[] accepting;

    private StateTable(List<short[]> rows, List<Boolean> accepting) {
        next = new short[rows.size() * CHARACTERS];
        this.accepting = new boolean[rows.size()];
        for (int state = 0; state < rows.size(); state++) {
            System.arraycopy(rows.get(state), 0, next, state * CHARACTERS, CHARACTERS);
            this.accepting[state] = accepting.get(state);
        }
    }

    /** Whether a whole text of ASCII characters matches. */
    boolean matches(byte[] ascii, int start, int end) {
        int state = FIRST;
        for (int i = start; i < end; i++) {
            state = next[state * CHARACTERS + ascii[i]];
        }
        return accepting[state];
    }

    /** Makes a table; null for expressions of other kinds, and those that take too many states. */
    static @Nullable StateTable of(String regex) {
        List<Item> items = new Reader(regex).items();
        return items == null ? null : table(items);
    }

    /** A place where one of some characters stands; it may be passed over, or stay. */
    private record Item(BitSet characters, boolean optional, boolean repeats) {}

    /** A state of the table is the set of items of which one may come next; behind the last item the text may end. */
    private static @Nullable StateTable table(List<Item> items) {
        Map<BitSet, Integer> known = new HashMap<>();
        List<BitSet> states = new ArrayList<>();
        List<short[]> rows = new ArrayList<>();
        List<Boolean> accepting = new ArrayList<>();
        for (BitSet state : List.of(new BitSet(), reachable(items, 0))) {
            known.put(state, states.size());
            states.add(state);
        }
        for (int i = 0; i < states.size(); i++) {
            BitSet state = states.get(i);
            short[] row = new short[CHARACTERS];
            for (int character = 0; character < CHARACTERS; character++) {
                if (character > 0 && areAlike(items, state, character)) {
                    row[character] = row[character - 1];
                    continue;
                }
                BitSet then = after(items, state, character);
                Integer number = known.get(then);
                if (number == null) {
                    number = states.size();
                    if (number == STATES) {
                        return null;
                    }
                    known.put(then, number);
                    states.add(then);
                }
                row[character] = number.shortValue();
            }
            rows.add(row);
            accepting.add(state.get(items.size()));
        }
        return new StateTable(rows, accepting);
    }

    /** Whether a character leads to the same state as the one before it. */
    private static boolean areAlike(List<Item> items, BitSet state, int character) {
        for (int at = state.nextSetBit(0); at >= 0 && at < items.size(); at = state.nextSetBit(at + 1)) {
            BitSet characters = items.get(at).characters;
            if (characters.get(character) != characters.get(character - 1)) {
                return false;
            }
        }
        return true;
    }

    private static BitSet after(List<Item> items, BitSet state, int character) {
        BitSet then = new BitSet();
        for (int at = state.nextSetBit(0); at >= 0 && at < items.size(); at = state.nextSetBit(at + 1)) {
            if (items.get(at).characters.get(character)) {
                then.or(reachable(items, items.get(at).repeats ? at : at + 1));
            }
        }
        return then;
    }

    /** An item, and those behind it as far as one may pass over them. */
    private static BitSet reachable(List<Item> items, int from) {
        BitSet reachable = new BitSet();
        int at = from;
        reachable.set(at);
        while (at < items.size() && items.get(at).optional) {
            reachable.set(++at);
        }
        return reachable;
    }

    /** Reads an expression. */
    private static final class Reader {

        private static final int MOST = 100;

        private final String regex;
        private int at;

        Reader(String regex) {
            this.regex = regex;
        }

        /** The items; null when there is anything else. */
        @Nullable
        List<Item> items() {
            List<Item> items = new ArrayList<>();
            at = regex.startsWith("^") ? 1 : 0;
            while (at < regex.length() && !(at == regex.length() - 1 && regex.charAt(at) == '$')) {
                BitSet characters = characters();
                if (characters == null || !quantify(characters, items)) {
                    return null;
                }
            }
            return items;
        }

        private @Nullable BitSet characters() {
            char c = regex.charAt(at++);
            if (c == '[') {
                return bracket();
            }
            if (c == '\\') {
                return escape();
            }
            if (c == '.') {
                BitSet lineEnds = new BitSet();
                lineEnds.set('\n');
                lineEnds.set('\r');
                return without(lineEnds);
            }
            return c >= CHARACTERS || "^$|()]{}?*+".indexOf(c) >= 0 ? null : single(c);
        }

        private @Nullable BitSet escape() {
            if (at == regex.length()) {
                return null;
            }
            char c = regex.charAt(at++);
            boolean negated = c == 'D' || c == 'W' || c == 'S';
            BitSet set = new BitSet();
            switch (negated ? (char) (c | 0x20) : c) {
                case 'd' -> set.set('0', '9' + 1);
                case 'w' -> {
                    set.set('0', '9' + 1);
                    set.set('a', 'z' + 1);
                    set.set('A', 'Z' + 1);
                    set.set('_');
                }
                case 's' -> {
                    set.set('\t', '\r' + 1);
                    set.set(' ');
                }
                case 't' -> set.set('\t');
                case 'n' -> set.set('\n');
                case 'r' -> set.set('\r');
                default -> {
                    if (c >= CHARACTERS || Character.isLetterOrDigit(c)) {
                        return null;
                    }
                    set.set(c);
                }
            }
            return negated ? without(set) : set;
        }

        /** What stands in brackets, of which the first is read. */
        private @Nullable BitSet bracket() {
            boolean negated = regex.startsWith("^", at);
            at += negated ? 1 : 0;
            BitSet set = new BitSet();
            while (at < regex.length() && (regex.charAt(at) != ']' || set.isEmpty())) {
                char c = regex.charAt(at);
                boolean range = c != '\\' && regex.startsWith("-", at + 1) && !regex.startsWith("-]", at + 1);
                if (c >= CHARACTERS || "[]&^".indexOf(c) >= 0 || (c == '-' && !isAtEdge(set))) {
                    return null;
                }
                if (range) {
                    char last = at + 2 < regex.length() ? regex.charAt(at + 2) : 0;
                    if (last < c || last >= CHARACTERS || c == '-' || "[]&^-\\".indexOf(last) >= 0) {
                        return null;
                    }
                    set.set(c, last + 1);
                    at += 3;
                } else if (c == '\\') {
                    at++;
                    BitSet escaped = escape();
                    if (escaped == null || regex.startsWith("-", at) && !regex.startsWith("-]", at)) {
                        return null;
                    }
                    set.or(escaped);
                } else {
                    set.set(c);
                    at++;
                }
            }
            if (at++ >= regex.length()) {
                return null;
            }
            return negated ? without(set) : set;
        }

        private boolean isAtEdge(BitSet before) {
            return before.isEmpty() || regex.startsWith("-]", at);
        }

        private boolean quantify(BitSet characters, List<Item> items) {
            int least = 1;
            int most = 1;
            switch (at < regex.length() ? regex.charAt(at) : ' ') {
                case '?' -> least = 0;
                case '*' -> {
                    least = 0;
                    most = Integer.MAX_VALUE;
                }
                case '+' -> most = Integer.MAX_VALUE;
                case '{' -> {
                    int end = regex.indexOf('}', at);
                    int comma = regex.indexOf(',', at);
                    boolean two = comma > 0 && comma < end;
                    least = number(at + 1, two ? comma : end);
                    most = !two ? least : comma + 1 == end ? Integer.MAX_VALUE : number(comma + 1, end);
                    at = end;
                }
                default -> at--;
            }
            at++;
            boolean readable = least >= 0 && most >= Math.max(1, least) && items.size() + least <= MOST;
            // what follows a quantifier may change what it means
            if (!readable || (at < regex.length() && "?*+{".indexOf(regex.charAt(at)) >= 0)) {
                return false;
            }
            return most == Integer.MAX_VALUE ? open(characters, least, items) : closed(characters, least, most, items);
        }

        private static boolean open(BitSet characters, int least, List<Item> items) {
            for (int i = 0; i < least; i++) {
                items.add(new Item(characters, false, false));
            }
            items.add(new Item(characters, true, true));
            return true;
        }

        private static boolean closed(BitSet characters, int least, int most, List<Item> items) {
            for (int i = 0; i < most && i <= MOST; i++) {
                items.add(new Item(characters, i >= least, false));
            }
            return items.size() <= MOST;
        }

        /** A number in the expression; -1 when there is none. */
        private int number(int from, int to) {
            int number = to > from && to - from <= 4 ? 0 : -1;
            for (int i = from; i < to && number >= 0; i++) {
                int digit = regex.charAt(i) - '0';
                number = digit >= 0 && digit <= 9 ? number * 10 + digit : -1;
            }
            return number;
        }

        private static BitSet single(char c) {
            BitSet set = new BitSet();
            set.set(c);
            return set;
        }

        private static BitSet without(BitSet characters) {
            BitSet others = new BitSet();
            others.set(0, CHARACTERS);
            others.andNot(characters);
            return others;
        }
    }
}
