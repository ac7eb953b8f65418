// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.DetectingFormat.Detection;
import io.gantry.spi.records.DetectingFormat.Evidence;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out the options of a file by reading its beginning with each that is likely: the right ones give records of one
 * width whose cells look whole.
 */
final class DialectGuess {

    private static final int HEAD = 1024;
    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|", "^", "~", "\u0001", "\u001F", ":");
    private static final List<String> QUOTES = List.of("\"", "'", "none");
    /** How much better a less usual choice must look. */
    private static final double MARGIN = 0.02;

    private final Sample sample;
    /** What is read again and again. */
    private final Sample head;

    private final FormatOptions given;
    private final Limits limits;
    private final List<Evidence> evidence = new ArrayList<>();
    private final TextBatch batch = new TextBatch(1024);
    private FormatOptions options;

    private DialectGuess(Sample sample, FormatOptions given, Limits limits) {
        this.sample = sample;
        this.head = sample.head();
        this.given = given;
        this.limits = limits;
        this.options = given;
    }

    static Detection of(FileContent file, FormatOptions given, Limits limits) throws IOException {
        Dialect.of(given);
        return new DialectGuess(Sample.of(file), given, limits).find();
    }

    private Detection find() throws IOException {
        String text = findEncoding();
        if (text.isBlank()) {
            return new Detection(options, 0, evidence);
        }
        Trial second = findDelimiterAndQuote(text);
        Trial best = findComment(findEscape(text, trial(options)));
        if (given.get("delimiter") == null) {
            evidence.add(delimiter(best, second).of("delimiter"));
        }
        if (given.get("quote") == null) {
            evidence.add(quote(text, best).of("quote"));
        }
        findLineEnd(text);
        Guess header = new HeaderGuess(best.records(), best.width()).find();
        evidence.add(header.of("headerRow"));
        return new Detection(options, Integer.parseInt(header.value()), evidence);
    }

    /** Finds the encoding; gives the sample as text. */
    private String findEncoding() {
        byte[] first = Arrays.copyOf(sample.bytes(), Math.min(HEAD, sample.bytes().length));
        FileLook.requireNoMagic(sample.name(), first);
        if (given.get("encoding") == null) {
            take("encoding", EncodingGuess.of(sample));
        }
        Charset charset = Charset.forName(options.get("encoding", StandardCharsets.UTF_8.name()));
        FileLook.requireText(sample.name(), first, charset);
        return new String(sample.bytes(), charset).replace("\uFEFF", "");
    }

    private void take(String option, Guess guess) {
        options = options.with(option, guess.value());
        evidence.add(guess.of(option));
    }

    private Trial trial(FormatOptions with) throws IOException {
        return Trial.of(head, with, limits, batch);
    }

    /** Finds the delimiter and the quote; gives the best trial with another delimiter than the one chosen. */
    private Trial findDelimiterAndQuote(String text) throws IOException {
        String delimiterGiven = given.get("delimiter");
        String quoteGiven = given.get("quote");
        List<String> delimiters = delimiterGiven != null
                ? List.of(delimiterGiven)
                : DELIMITERS.stream().filter(text::contains).toList();
        List<String> quotes = quoteGiven != null
                ? List.of(quoteGiven)
                : QUOTES.stream().filter(quote -> mayEnclose(quote, text)).toList();
        Trial best = trial(options.with("delimiter", delimiterGiven != null ? delimiterGiven : ",")
                .with("quote", quoteGiven != null ? quoteGiven : "\""));
        Trial second = best;
        for (String delimiter : delimiters) {
            for (String quote : quotes) {
                Trial next = trial(options.with("delimiter", delimiter).with("quote", quote));
                if (!quote.equals("\"") && next.hasDoubleQuotes()) {
                    continue; // a quote that is never closed makes the records uneven, but no other character the quote
                }
                boolean other = !delimiter.equals(best.options().get("delimiter"));
                if (next.score() > best.score() + MARGIN) {
                    second = other ? best : second;
                    best = next;
                } else if (other && next.score() > second.score()) {
                    second = next;
                }
            }
        }
        options = best.options();
        return second;
    }

    /** Whether it makes a difference: without quotes of either kind, one choice is as good as the others. */
    private static boolean mayEnclose(String quote, String text) {
        return switch (quote) {
            case "'" -> text.contains("'");
            case "none" -> text.contains("\"");
            default -> true;
        };
    }

    private static Guess delimiter(Trial best, Trial second) {
        String delimiter = best.options().get("delimiter", ",");
        if (best.score() == 0) {
            return new Guess(delimiter, 0.3, "No delimiter divides the records evenly; there may be one column only");
        }
        boolean rival = !delimiter.equals(second.options().get("delimiter", ","));
        double sure = rival ? best.score() / (best.score() + second.score()) : 1;
        return new Guess(delimiter, Math.max(0.3, Math.min(0.99, sure * best.evenness())), best.consistency());
    }

    private static Guess quote(String text, Trial best) {
        String quote = best.options().get("quote", "\"");
        if (quote.equals("none")) {
            return new Guess(
                    quote, 0.7, "There are double quotes, but the records are only even when they are ignored");
        }
        String delimiter = best.options().get("delimiter", ",");
        boolean used = text.startsWith(quote)
                || text.contains(delimiter + quote)
                || text.contains("\n" + quote)
                || text.contains("\r" + quote);
        return used
                ? new Guess(quote, 0.95, "Cells begin with it, and " + best.consistency())
                : new Guess(quote, 0.5, "No quoted cell seen; this is what is usual");
    }

    /** Escapes show only where the records are more even with them. */
    private Trial findEscape(String text, Trial best) throws IOException {
        String quote = best.options().get("quote", "\"");
        if (given.get("escape") != null || !text.contains("\\" + quote)) {
            return best;
        }
        Trial escaped = trial(options.with("escape", "\\"));
        if (escaped.score() <= best.score() + MARGIN) {
            return best;
        }
        take("escape", new Guess("\\", 0.8, "It stands before quotes, and " + escaped.consistency() + " with it"));
        return escaped;
    }

    /** Lines of comment begin with a number sign and are not as wide as the records. */
    private Trial findComment(Trial best) throws IOException {
        if (given.get("comment") != null
                || best.width() < 2
                || best.options().get("delimiter", ",").contains("#")) {
            return best;
        }
        List<List<String>> marked =
                best.records().stream().filter(Trial::isComment).toList();
        long wide =
                marked.stream().filter(record -> record.size() == best.width()).count();
        if (marked.isEmpty() || wide * 5 > marked.size()) {
            return best;
        }
        take(
                "comment",
                new Guess(
                        "#",
                        marked.size() == 1 ? 0.7 : 0.9,
                        marked.size() == 1
                                ? "A line begins with it and differs from the records"
                                : marked.size() + " lines begin with it and differ from the records"));
        return trial(options);
    }

    private void findLineEnd(String text) {
        if (given.get("lineEnd") != null) {
            return;
        }
        String quote = options.get("quote", "\"");
        char enclosing = quote.equals("none") ? '\n' : quote.charAt(0);
        int lf = 0;
        int crlf = 0;
        int cr = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == enclosing && c != '\n') {
                quoted = !quoted;
            } else if (!quoted && c == '\n') {
                lf++;
            } else if (!quoted && c == '\r') {
                if (i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    crlf++;
                    i++;
                } else {
                    cr++;
                }
            }
        }
        int most = Math.max(lf, Math.max(crlf, cr));
        int all = lf + crlf + cr;
        String value = most == lf ? "lf" : most == crlf ? "crlf" : "cr";
        take(
                "lineEnd",
                all == 0
                        ? new Guess("lf", 0.3, "There is but one line")
                        : new Guess(value, (double) most / all, most + " of " + all + " line ends are of this kind"));
    }
}
