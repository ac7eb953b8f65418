// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import java.util.List;
import java.util.Locale;

/** The words for true and false in common languages and programs, beyond those that are read anyway. */
final class TruthWords {

    private TruthWords() {}

    /**
     * A pair of words.
     *
     * @param yes true, in lower case
     * @param no false, in lower case
     */
    record Pair(String yes, String no) {

        boolean isYes(String word) {
            return yes.equals(word);
        }

        boolean isNo(String word) {
            return no.equals(word);
        }
    }

    /** A word as the pairs have it. */
    static String folded(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }

    /** The pairs in the order in which they are proposed. */
    static final List<Pair> PAIRS = List.of(
            new Pair("wahr", "falsch"),
            new Pair("ja", "nein"),
            new Pair("j", "n"),
            new Pair("vrai", "faux"),
            new Pair("oui", "non"),
            new Pair("o", "n"),
            new Pair("v", "f"),
            new Pair("verdadero", "falso"),
            new Pair("sí", "no"),
            new Pair("si", "no"),
            new Pair("sì", "no"),
            new Pair("s", "n"),
            new Pair("vero", "falso"),
            new Pair("verdadeiro", "falso"),
            new Pair("sim", "não"),
            new Pair("sim", "nao"),
            new Pair("waar", "onwaar"),
            new Pair("ja", "nee"),
            new Pair("ja", "nej"),
            new Pair("ja", "nei"),
            new Pair("sand", "falsk"),
            new Pair("sandt", "falsk"),
            new Pair("sant", "falskt"),
            new Pair("sant", "usant"),
            new Pair("tosi", "epätosi"),
            new Pair("kyllä", "ei"),
            new Pair("prawda", "fałsz"),
            new Pair("tak", "nie"),
            new Pair("pravda", "nepravda"),
            new Pair("ano", "ne"),
            new Pair("áno", "nie"),
            new Pair("da", "ne"),
            new Pair("da", "nu"),
            new Pair("adevărat", "fals"),
            new Pair("igaz", "hamis"),
            new Pair("igen", "nem"),
            new Pair("doğru", "yanlış"),
            new Pair("evet", "hayır"),
            new Pair("evet", "hayir"),
            new Pair("αληθές", "ψευδές"),
            new Pair("ναι", "όχι"),
            new Pair("истина", "ложь"),
            new Pair("да", "нет"),
            new Pair("да", "не"),
            new Pair("так", "ні"),
            new Pair("真", "假"),
            new Pair("是", "否"),
            new Pair("はい", "いいえ"),
            new Pair("예", "아니요"),
            new Pair("예", "아니오"),
            new Pair("نعم", "لا"),
            new Pair("כן", "לא"),
            new Pair("on", "off"),
            new Pair("ein", "aus"),
            new Pair("an", "aus"),
            new Pair("x", "-"),
            new Pair("x", "o"),
            new Pair("✓", "✗"),
            new Pair("✔", "✘"),
            new Pair("☑", "☐"),
            new Pair("checked", "unchecked"),
            new Pair("-1", "0"),
            new Pair("1.0", "0.0"),
            new Pair(".t.", ".f."),
            new Pair("active", "inactive"),
            new Pair("enabled", "disabled"));
}
