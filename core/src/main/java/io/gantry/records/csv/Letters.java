// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How likely a text is, by its characters beyond ASCII: for each language, how often its letters occur among them, in parts of
 * a thousand. Text that was decoded in a wrong encoding has letters that no one language has, symbols within words, and
 * capitals behind small letters.
 */
final class Letters {

    /** Of symbols where they may stand. */
    private static final double SYMBOL = 0.004;
    /** Of a letter of the script that is not one of the language's: names of people and places. */
    private static final double FOREIGN = 2e-4;
    /** Of anything that has no place in a text. */
    private static final double WRONG = 1e-6;

    private static final double NEVER = 1e-8;
    /** How much less likely something in an unusual place is. */
    private static final double UNUSUAL = 1e-3;

    /** How many characters are looked at: they lie evenly in the text. */
    private static final int MOST = 3_000;

    private static final double RARE_PLACE = 0.02;

    private static final String SYMBOLS = "€–—‘’“”„‚…•·°§«»£¥©®™±²³½¼¾µ×÷¿¡†‰№\u00A0\u00AD";

    private static final List<Letters> LANGUAGES = List.of(
            new Letters("ü330 ä300 ö170 ß190 é10"),
            new Letters("é560 è110 à130 ê60 ç40 ô25 î15 û12 â15 ù12 ë8 ï8 œ10"),
            new Letters("ó290 í250 á190 é130 ñ80 ú60 ü5"),
            new Letters("ã200 ç150 á130 é130 ó80 í110 ê60 õ50 â40 ú30 à15 ô15"),
            new Letters("à300 è330 ò120 ù120 é90 ì40"),
            new Letters("ä450 å250 ö290 é10"),
            new Letters("ø380 å350 æ250 é20"),
            new Letters("ë400 é350 ï150 ö40 ü30 è30"),
            new Letters("á160 í140 ð200 é60 ö80 ó90 þ110 ú60 æ80 ý20"),
            new Letters("ł200 ó120 ą140 ę160 ż100 ś100 ć60 ń40 ź15"),
            new Letters("í200 á180 é90 ě100 š60 č70 ř90 ž70 ý70 ů40 ú15 ť5 ď4 ň6 ó3"),
            new Letters("á200 í110 é90 ý80 č90 š70 ž80 ú80 ľ40 ť40 ň20 ä15 ô20 ď10 ó20 ĺ3 ŕ2"),
            new Letters("á300 é290 ö90 ő80 ó90 ü60 í50 ú25 ű20"),
            new Letters("ă330 î150 ș160 ț170 â170 ş160 ţ170"),
            new Letters("č300 š300 ž250 ć120 đ40"),
            new Letters("ı350 ş150 ğ90 ü180 ç90 ö70 İ30 â10"),
            new Letters(
                    "о110 е85 а80 и73 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч14 й12 х10 ж9 ш7"
                            + " ю6 ц5 щ4 э3 ф3 ъ1 ё2"),
            new Letters(
                    "о94 а83 н68 и63 і57 в54 т55 е49 р48 с41 к40 л38 у36 д34 м31 п29 я25 з23 ь18 г16 б18 ч14 й13 х12 ц8"
                            + " ю7 ж9 ї6 ш8 є8 щ4 ф3 ґ1"));

    private final Map<Integer, Double> shares = new HashMap<>();
    private final Character.UnicodeScript script;

    private Letters(String letters) {
        for (String letter : letters.split(" ")) {
            shares.put(letter.codePointAt(0), Integer.parseInt(letter.substring(1)) / 1000.0);
        }
        script = Character.UnicodeScript.of(letters.codePointAt(0));
    }

    /**
     * How likely a text is in the language that fits it best.
     *
     * @param total logarithm of the likelihood of all characters beyond ASCII; the greater, the likelier
     * @param count how many there are
     */
    record Likelihood(double total, int count) {

        double mean() {
            return count == 0 ? 0 : total / count;
        }
    }

    static Likelihood likelihood(String text) {
        int[] all = IntStream.range(0, text.length())
                .filter(i -> text.charAt(i) >= 0x80)
                .toArray();
        int step = 1 + all.length / MOST;
        int count = 0;
        double best = Double.NEGATIVE_INFINITY;
        for (Letters language : LANGUAGES) {
            double total = 0;
            count = 0;
            for (int i = 0; i < all.length; i += step) {
                total += Math.log(language.share(text, all[i]));
                count++;
            }
            best = Math.max(best, total);
        }
        return new Likelihood(best, count);
    }

    private double share(String text, int at) {
        char c = text.charAt(at);
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        char behind = at + 1 == text.length() ? ' ' : text.charAt(at + 1);
        if (Character.isISOControl(c) || c == '\uFFFD' || !Character.isDefined(c)) {
            return NEVER;
        }
        if (!Character.isLetter(c)) {
            if (SYMBOLS.indexOf(c) < 0) {
                return WRONG;
            }
            boolean joins = c == '’' || c == '·' || c == '\u00AD' || c == '\u00A0' || c == '–' || c == '®' || c == '™';
            boolean inside = Character.isLetter(before) && Character.isLetter(behind);
            // a mark of degree or money stands beside digits, an ending quote or dots behind letters, others by
            // themselves
            boolean odd = Character.isLetter(before) && "€£¥§¿¡„±²³½¼¾µ×÷".indexOf(c) >= 0
                    || Character.isLetter(behind) && "€£¥±²³½¼¾×÷°…".indexOf(c) >= 0;
            return inside && !joins || odd ? WRONG : SYMBOL;
        }
        double share = shares.getOrDefault((int) Character.toLowerCase(c), 0.0);
        if (share == 0) {
            Double capital = shares.get((int) c);
            share = capital != null ? capital : Character.UnicodeScript.of(c) == script ? FOREIGN : WRONG;
        }
        if (Character.isUpperCase(c) && Character.isLowerCase(before)) {
            share *= UNUSUAL;
        }
        if (Character.isLowerCase(c)
                && Character.isUpperCase(before)
                && at > 1
                && Character.isUpperCase(text.charAt(at - 2))) {
            share *= RARE_PLACE; // a small letter in a word of capitals
        }
        if (script == Character.UnicodeScript.CYRILLIC && (isLatin(before) || isLatin(behind))) {
            share *= UNUSUAL;
        }
        if (!Character.isLetter(before) && !Character.isLetter(behind)) {
            share *= RARE_PLACE; // a letter by itself
        }
        if (Character.isDigit(before) || Character.isDigit(behind)) {
            share *= RARE_PLACE;
        }
        return Math.max(share, NEVER);
    }

    private static boolean isLatin(char c) {
        return Character.isLetter(c) && Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
    }
}
