// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the digits of numbers. Only what cannot change a number is ever proposed to be left out: one currency, or one
 * unit. Signs, percent signs, and words such as {@code k} and {@code Mio} change it.
 */
final class Affixes {

    private static final Pattern NUMBER = Pattern.compile("^(\\D*)(\\d.*\\d|\\d)(\\D*)$", Pattern.DOTALL);
    private static final Pattern MINUS = Pattern.compile("[\\u2212\\ufe63\\uff0d\\u2013]");
    private static final Pattern BOOKED =
            Pattern.compile("(?<!\\p{L})(CRDT|CR|H|C|DBIT|DR|S|D)(?!\\p{L})\\.?", Pattern.CASE_INSENSITIVE);
    /** What stands behind prices without cents: {@code 250.-} and {@code 19,–} are not negative. */
    private static final Pattern PRICE = Pattern.compile("^[.,]\\s*[-\\u2013\\u2014\\u2212]");

    private static final String CENT = "¢";
    private static final Set<String> MONEY = Set.of(
            "kr", "kr.", "zł", "Kč", "Ft", "lei", "лв", "лв.", "руб", "руб.", "Fr.", "SFr.", "R$", "US$", "A$", "C$",
            "NZ$", "HK$", "S$", "NT$", "Rs", "Rs.", "TL", "元", "円", "원", "Euro", "euro");
    private static final Set<String> UNITS = Set.of(
            "kg", "g", "mg", "lb", "lbs", "oz", "km", "cm", "mm", "ml", "pcs", "pcs.", "pc", "Stk", "Stk.", "Stück",
            "°C", "°F", "kWh");
    private static final Set<String> CODES = new HashSet<>();

    static {
        Currency.getAvailableCurrencies().forEach(currency -> CODES.add(currency.getCurrencyCode()));
    }

    private final Set<String> neutral = new TreeSet<>();
    private final Set<String> negative = new TreeSet<>();
    private final Set<String> booked = new TreeSet<>();
    private boolean percent;

    private Affixes() {}

    /** Looks at what stands around the digits of texts. */
    static Affixes of(List<String> texts) {
        Affixes affixes = new Affixes();
        texts.forEach(affixes::look);
        return affixes;
    }

    private void look(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        if (!matcher.matches()) {
            return;
        }
        String front = matcher.group(1);
        String back = matcher.group(3);
        if (PRICE.matcher(back).find()) {
            return;
        }
        percent |= front.contains("%") || back.contains("%");
        if (front.contains("(") && back.contains(")")) {
            negative.add("parentheses");
        }
        if (back.contains("-")) {
            negative.add("trailing");
        }
        if (MINUS.matcher(front + back).find()) {
            negative.add("minus_sign");
        }
        if (MINUS.matcher(back).find()) {
            negative.add("trailing");
        }
        String before = rest(front);
        String behind = rest(back);
        Matcher words = BOOKED.matcher(before + " " + behind);
        if (!isNeutral(before) && !isNeutral(behind) && words.find()) {
            booked.add(words.group(1).toUpperCase(Locale.ROOT));
            before = BOOKED.matcher(before).replaceAll("").strip();
            behind = BOOKED.matcher(behind).replaceAll("").strip();
        }
        add(before);
        add(behind);
    }

    /** Without signs, parentheses, percent signs, points and blanks. */
    private static String rest(String text) {
        String plain = MINUS.matcher(text).replaceAll("").replaceAll("[-+()%\\p{Z}\\s]", "");
        return plain.equals(".") || plain.equals(",") ? "" : plain;
    }

    private void add(String affix) {
        if (isNeutral(affix)) {
            neutral.add(affix);
        }
    }

    private static boolean isNeutral(String affix) {
        return isMoney(affix) || UNITS.contains(affix);
    }

    private static boolean isMoney(String affix) {
        boolean symbol = affix.codePointCount(0, affix.length()) == 1
                && Character.getType(affix.codePointAt(0)) == Character.CURRENCY_SYMBOL
                && !affix.equals(CENT);
        return symbol || MONEY.contains(affix) || CODES.contains(affix);
    }

    /** The one currency or unit that all numbers have that have any; null when there is none, or more than one. */
    @Nullable
    String neutral() {
        return neutral.size() == 1 ? neutral.iterator().next() : null;
    }

    /** How negative numbers are written, as mappings name it; those that are booked as credit or debit left out. */
    Set<String> negative() {
        return negative;
    }

    /** Whether credits and debits are marked. */
    boolean booked() {
        // single letters stand for many things, unless both of a pair are there
        return booked.stream().anyMatch(word -> word.length() > 1)
                || booked.containsAll(List.of("C", "D"))
                || booked.containsAll(List.of("H", "S"));
    }

    boolean percent() {
        return percent;
    }
}
