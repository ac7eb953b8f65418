// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.FileWarning;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Finds out which encoding from before Unicode a text is in. Where an encoding has one byte for each character, {@link Letters}
 * judge the text that it would give; encodings that give the same text are one choice. For those of East Asia a detector
 * is asked, and believed when the text is well-formed and either long, or in the letters of one language.
 *
 * <p>See {@code docs/decisions/0006-encoding-detection.md}.
 */
final class OldEncodings {

    private static final List<String> SINGLE = List.of(
            "windows-1252",
            "ISO-8859-15",
            "windows-1250",
            "ISO-8859-2",
            "windows-1251",
            "KOI8-R",
            "IBM866",
            "ISO-8859-5",
            "IBM850",
            "IBM437",
            "IBM852",
            "windows-1254",
            "windows-1257",
            "x-MacRoman");

    private static final List<String> EAST_ASIAN =
            List.of("Shift_JIS", "windows-31j", "EUC-JP", "GB18030", "Big5", "EUC-KR", "x-windows-949");

    /** How many times likelier than the next the choice must be: a thousand, as a logarithm. */
    private static final double MARGIN = 6.9;

    /** How much rarer an encoding is than the one before it in the list, as a logarithm. */
    private static final double RARER = 0.25;

    private static final double WIDE_MARGIN = 20;
    /** Below this, on average for a character, a text makes no sense. */
    private static final double SENSE = -4.5;
    /** The same for few characters that are well-formed in an encoding of East Asia, too. */
    private static final double SENSE_OF_FEW = -3.9;
    /** How many characters of East Asia the detector needs to be believed. */
    private static final int ENOUGH = 40;

    private static final int FEW = 6;
    private static final int SHOWN = 4;
    private static final int LONGEST_LINE = 80;

    private final Sample sample;
    private final boolean mixed;

    /** An encoding and the text that it gives. */
    private record Candidate(String encoding, String text, Letters.Likelihood likelihood) {}

    /**
     * @param mixed whether a part of the text is UTF-8: then no other encoding is right for all of it
     */
    OldEncodings(Sample sample, boolean mixed) {
        this.sample = sample;
        this.mixed = mixed;
    }

    EncodingGuess find(boolean enough) {
        List<List<Candidate>> choices = choices();
        Candidate best = choices.get(0).get(0);
        double gap = choices.size() == 1
                ? WIDE_MARGIN
                : weight(best) - weight(choices.get(1).get(0));
        boolean few =
                best.likelihood().count() < ENOUGH && EAST_ASIAN.stream().anyMatch(one -> wellFormed(one) != null);
        boolean sensible = best.likelihood().mean() > (few ? SENSE_OF_FEW : SENSE);
        String detected = detected();
        String eastAsian = EAST_ASIAN.contains(detected) ? wellFormed(detected) : null;
        if (eastAsian != null && !mixed && !sensible) {
            boolean sure = isClear(eastAsian);
            if (sure || enough) {
                return found(
                        eastAsian,
                        sure ? 0.9 : 0.5,
                        "Not UTF-8; the text is well-formed in this encoding, and its characters are as frequent as in it");
            }
        } else if (eastAsian == null && sensible && gap >= MARGIN && !mixed) {
            return found(
                    best.encoding(),
                    gap >= WIDE_MARGIN ? 0.9 : 0.8,
                    "Not UTF-8; the letters beyond ASCII are those of a language in this encoding"
                            + same(choices.get(0)));
        } else if (enough) {
            return found(best.encoding(), 0.3, "Not UTF-8; a guess, because the format says that one is good enough");
        }
        throw Failures.encodingUnsure(sample.name(), candidates(choices, eastAsian));
    }

    private EncodingGuess found(String encoding, double confidence, String reason) {
        return new EncodingGuess(
                new Guess(encoding, confidence, reason),
                confidence >= 0.9 && sample.isWhole()
                        ? List.of()
                        : List.of(new FileWarning(
                                "ENCODING_GUESSED",
                                "The encoding " + encoding + " was found out by what the text looks like (confidence "
                                        + String.format(Locale.ROOT, "%.1f", confidence)
                                        + (sample.isWhole() ? "" : ", by the beginning of the file")
                                        + "); set option 'encoding' where it is known",
                                null)));
    }

    private static String same(List<Candidate> choice) {
        return choice.size() == 1
                ? ""
                : "; the bytes seen mean the same in "
                        + choice.stream().skip(1).map(Candidate::encoding).collect(Collectors.joining(", "));
    }

    /** Candidates that give the same text are one choice; the likeliest choice first. */
    private List<List<Candidate>> choices() {
        Map<String, List<Candidate>> choices = new LinkedHashMap<>();
        for (String encoding : SINGLE) {
            if (Charset.isSupported(encoding)) {
                String text = new String(sample.bytes(), Charset.forName(encoding));
                List<Candidate> same = choices.computeIfAbsent(text, key -> new ArrayList<>());
                Letters.Likelihood likelihood =
                        same.isEmpty() ? Letters.likelihood(text) : same.get(0).likelihood();
                same.add(new Candidate(encoding, text, likelihood));
            }
        }
        List<List<Candidate>> sorted = new ArrayList<>(choices.values());
        sorted.sort(Comparator.comparingDouble(choice -> -weight(choice.get(0))));
        return sorted;
    }

    /** How likely a candidate is: encodings further down the list are rarer. */
    private static double weight(Candidate candidate) {
        return candidate.likelihood().total() - RARER * SINGLE.indexOf(candidate.encoding());
    }

    private String detected() {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(sample.bytes());
        detector.dataEnd();
        String found = detector.getDetectedCharset();
        if (found == null) {
            return "";
        }
        return EAST_ASIAN.stream().filter(found::equalsIgnoreCase).findFirst().orElse("");
    }

    /** An encoding in which the sample is well-formed: the one that was detected, or its larger kin; null when neither is. */
    private @Nullable String wellFormed(String encoding) {
        for (String one : List.of(
                encoding,
                encoding.equals("Shift_JIS")
                        ? "windows-31j"
                        : encoding.equals("EUC-KR") ? "x-windows-949" : encoding)) {
            if (Charset.isSupported(one) && !decoded(one).isEmpty()) {
                return one;
            }
        }
        return null;
    }

    /** The sample as text; empty when it is malformed. Where the sample is cut off, its last character may be. */
    private String decoded(String encoding) {
        CharsetDecoder decoder = Charset.forName(encoding).newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(sample.bytes());
        CharBuffer text = CharBuffer.allocate(bytes.remaining() + 1);
        CoderResult result = decoder.decode(bytes, text, sample.isWhole());
        return result.isError() ? "" : text.flip().toString();
    }

    /** Whether the text is long enough for the detector, or in the letters of one language. */
    private boolean isClear(String encoding) {
        int all = 0;
        int kana = 0;
        int hangul = 0;
        String text = decoded(encoding);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                all++;
                kana += c >= 0x3040 && c <= 0x30FF ? 1 : 0;
                hangul += c >= 0xAC00 && c <= 0xD7A3 ? 1 : 0;
            }
        }
        boolean japanese = encoding.equals("Shift_JIS") || encoding.equals("windows-31j") || encoding.equals("EUC-JP");
        boolean korean = encoding.equals("EUC-KR") || encoding.equals("x-windows-949");
        return all >= ENOUGH
                || all >= FEW && japanese && kana * 5 >= all
                || all >= FEW && korean && hangul * 10 >= all * 9;
    }

    /** The likeliest encodings, each with the first line that is not ASCII. */
    private Map<String, String> candidates(List<List<Candidate>> choices, @Nullable String eastAsian) {
        Map<String, String> lines = new LinkedHashMap<>();
        if (mixed) {
            lines.put("UTF-8", line(new String(sample.bytes(), StandardCharsets.UTF_8)));
        }
        if (eastAsian != null) {
            lines.put(eastAsian, line(decoded(eastAsian)));
        }
        for (List<Candidate> choice : choices) {
            if (lines.size() < SHOWN) {
                lines.put(choice.get(0).encoding(), line(choice.get(0).text()));
            }
        }
        return lines;
    }

    private static String line(String text) {
        String line = text.lines()
                .filter(one -> one.chars().anyMatch(c -> c >= 0x80))
                .findFirst()
                .orElse("");
        int from = Math.max(0, firstHigh(line) - LONGEST_LINE / 2);
        String shown = line.substring(from, Math.min(line.length(), from + LONGEST_LINE));
        StringBuilder clean = new StringBuilder();
        shown.chars().forEach(c -> clean.append(Character.isISOControl(c) ? '·' : (char) c));
        return clean.toString();
    }

    private static int firstHigh(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) < 0x80) {
            at++;
        }
        return at;
    }
}
