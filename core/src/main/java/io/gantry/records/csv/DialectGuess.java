// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.DetectingFormat.Detection;
import io.gantry.spi.records.DetectingFormat.Evidence;
import io.gantry.spi.records.FileWarning;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out the options of a file by reading its beginning with each that is likely: the right ones give records of one
 * width whose cells look whole.
 */
final class DialectGuess {

    private static final int HEAD = 1024;
    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|", "^", "~", "\u0001", "\u001F", ":", "#");
    private static final List<String> QUOTES = List.of("\"", "'", "none");
    /** How much better a less usual choice must look. */
    private static final double MARGIN = 0.02;

    private static final Pattern SEPARATOR_LINE = Pattern.compile("(?i)sep=([^\r\n])(?:\r?\n|\r)");
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.-]{0,40}");

    private final Sample sample;
    /** What is read again and again. */
    private final Sample head;

    private final FormatOptions given;
    private final Limits limits;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<FileWarning> warnings = new ArrayList<>();
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
            return new Detection(options, 0, evidence, warnings);
        }
        boolean said = findSeparatorLine(text);
        Trial second = findDelimiterAndQuote(text);
        Trial best = trial(options);
        if (given.get("escape") == null && options.get("escape") != null) {
            evidence.add(new Guess("\\", 0.8, "It stands before quotes, and " + best.consistency() + " with it")
                    .of("escape"));
        }
        if (!isTold()) {
            best = findComment(best);
        }
        if (given.get("delimiter") == null && !said) {
            best = findSingleColumn(text, best);
            if (best.options().get("delimiter", ",").equals(Dialect.NONE)) {
                options = best.options();
                evidence.add(new Guess(
                                Dialect.NONE,
                                0.8,
                                "There is one column: no name of a column stands beside the first one")
                        .of("delimiter"));
            } else {
                evidence.add(delimiter(best, second).of("delimiter"));
            }
        }
        if (given.get("spaceBeforeQuote") == null && options.get("spaceBeforeQuote") != null) {
            evidence.add(new Guess("skip", 0.9, "Blanks stand outside the quotes of cells").of("spaceBeforeQuote"));
        }
        if (given.get("quote") == null) {
            evidence.add(quote(text, best).of("quote"));
            if (best.options().get("quote", "\"").equals(Dialect.NONE)) {
                warnings.add(new FileWarning(
                        "QUOTES_IGNORED",
                        "There are double quotes, but the records are only even when they enclose nothing: they are part of"
                                + " the cells. Set option 'quote' where that is wrong",
                        null));
            }
        }
        findLineEnd(text);
        Guess header = new HeaderGuess(best.records(), best.width()).find();
        evidence.add(header.of("headerRow"));
        return new Detection(options, Integer.parseInt(header.value()), evidence, warnings);
    }

    /** Finds the encoding; gives the sample as text. */
    private String findEncoding() {
        byte[] first = Arrays.copyOf(sample.bytes(), Math.min(HEAD, sample.bytes().length));
        FileLook.requireNoMagic(sample.name(), first);
        String told = given.get("encoding");
        if (told == null || told.equals(Dialect.GUESS)) {
            EncodingGuess found = EncodingGuess.of(sample, told != null);
            take("encoding", found.guess());
            warnings.addAll(found.warnings());
        }
        Charset charset = Charset.forName(options.get("encoding", StandardCharsets.UTF_8.name()));
        FileLook.requireText(sample.name(), first, charset);
        return new String(sample.bytes(), charset).replace("\uFEFF", "");
    }

    /** A first line {@code sep=;} says the delimiter. */
    private boolean findSeparatorLine(String text) {
        Matcher line = SEPARATOR_LINE.matcher(text);
        if (!line.lookingAt() || given.get("delimiter") != null) {
            return false;
        }
        take("delimiter", new Guess(line.group(1), 1, "The first line of the file says it, and is no record"));
        return true;
    }

    /** Text with delimiters in it is no second column when the header has one word only. */
    private Trial findSingleColumn(String text, Trial best) throws IOException {
        List<List<String>> records = best.records();
        if (records.isEmpty()) {
            return best;
        }
        boolean even = best.width() < 2;
        boolean alone = records.get(0).size() == 1
                && WORD.matcher(records.get(0).get(0).strip()).matches();
        Guess header = new HeaderGuess(records, best.width()).find();
        boolean headerBelow = !header.value().equals("0") && header.confidence() > 0.7;
        boolean divides = text.contains(best.options().get("delimiter", ","));
        if (!divides || (even ? records.get(0).size() > 1 : !alone || headerBelow)) {
            return best;
        }
        return trial(options.with("delimiter", Dialect.NONE));
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
        String delimiterGiven = options.get("delimiter");
        String quoteGiven = given.get("quote");
        List<String> delimiters = delimiterGiven != null
                ? List.of(delimiterGiven)
                : DELIMITERS.stream().filter(text::contains).toList();
        List<String> quotes = quoteGiven != null
                ? List.of(quoteGiven)
                : QUOTES.stream().filter(quote -> mayEnclose(quote, text)).toList();
        Trial best = tried(delimiterGiven != null ? delimiterGiven : ",", quoteGiven != null ? quoteGiven : "\"", text);
        Trial second = best;
        for (String delimiter : delimiters) {
            for (String quote : quotes) {
                Trial next = tried(delimiter, quote, text);
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

    /** The better of reading with escapes and without: they show only where the records are more even with them. */
    private Trial tried(String delimiter, String quote, String text) throws IOException {
        FormatOptions with = skippingBlanks(options.with("delimiter", delimiter).with("quote", quote), text);
        Trial plain = trial(with);
        if (isTold() || given.get("escape") != null || quote.equals(Dialect.NONE) || !text.contains("\\" + quote)) {
            return plain;
        }
        Trial escaped = trial(with.with("escape", "\\"));
        return escaped.score() > plain.score() + MARGIN ? escaped : plain;
    }

    /** Whether the format says a delimiter or a quote: a dialect that is told is not second-guessed. */
    private boolean isTold() {
        return given.get("delimiter") != null || given.get("quote") != null;
    }

    /** The same options, with blanks outside of quotes skipped where a cell begins or ends with them. */
    private FormatOptions skippingBlanks(FormatOptions with, String text) {
        String quote = with.get("quote", "\"");
        String delimiter = Dialect.of(with).delimiter();
        if (given.get("spaceBeforeQuote") != null || quote.equals(Dialect.NONE) || delimiter.isEmpty()) {
            return with;
        }
        String q = Pattern.quote(quote);
        String d = Pattern.quote(delimiter);
        String blank = delimiter.equals(" ") || delimiter.equals("\t") ? "[ &&[^" + delimiter + "]]" : " ";
        String cell =
                "(?:" + blank + "+" + q + "[^" + q + "]*+" + q + blank + "*|" + q + "[^" + q + "]*+" + q + blank + "+)";
        return Pattern.compile("(?m)(?:^|" + d + ")" + cell + "(?:" + d + "|\r?$)")
                        .matcher(text)
                        .find()
                ? with.with("spaceBeforeQuote", "skip")
                : with;
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

    /**
     * Lines of comment begin with a number sign, and none of them looks like a record: a line that might be one is never
     * left out on a guess.
     */
    private Trial findComment(Trial best) throws IOException {
        if (given.get("comment") != null
                || best.width() < 2
                || best.options().get("delimiter", ",").contains("#")
                || best.records().stream().noneMatch(Trial::isComment)) {
            return best;
        }
        List<List<String>> marked = Trial.of(sample, options, limits, batch).records().stream()
                .filter(Trial::isComment)
                .toList();
        if (marked.stream().anyMatch(record -> mayBeRecord(record, best.width()))) {
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

    /** Prose has a blank behind each mark; what has as many cells as the records, or a number, is one of them. */
    private static boolean mayBeRecord(List<String> record, int width) {
        String text = record.get(0).replaceFirst("^#+", "");
        if (record.size() == width || !text.isEmpty() && Character.isDigit(text.charAt(0))) {
            return true;
        }
        return record.stream().skip(1).anyMatch(cell -> !cell.isBlank() && !cell.startsWith(" "));
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
