// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.mapping.Checks;
import io.gantry.mapping.Reading;
import io.gantry.spi.records.SliceColumn;
import io.gantry.validation.IssueCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts: checked to be well-formed, of the right length, of the right form. */
final class TextParser extends CellParser<SliceColumn> {

    private final boolean copies;
    private final Reading.LetterCase letterCase;
    private final int minLength;
    private final int maxLength;
    private final boolean email;
    private final @Nullable SlicePattern pattern;
    private final @Nullable SliceSet allowed;

    /**
     * @param copies whether cells may lie elsewhere than in the buffer of {@link #begin}
     */
    TextParser(SliceColumn out, boolean copies, Reading reading, Checks checks) {
        super(out);
        this.letterCase = reading.letterCase();
        this.copies = copies || letterCase != Reading.LetterCase.KEEP;
        this.minLength = checks.minLength();
        int size = out.field().size().length();
        int most = checks.maxLength() == 0 ? size : size == 0 ? checks.maxLength() : Math.min(size, checks.maxLength());
        this.maxLength = most == 0 ? Integer.MAX_VALUE : most;
        this.email = checks.email();
        this.pattern = checks.pattern() == null ? null : new SlicePattern(checks.pattern());
        List<String> oneOf = checks.oneOf();
        this.allowed = oneOf.isEmpty() ? null : new SliceSet(oneOf);
    }

    @Override
    void begin(byte[] buffer) {
        if (!copies) {
            out.borrow(buffer);
        }
    }

    @Override
    int parse(byte[] bytes, int start, int end, int row) {
        int characters = Slices.codePoints(bytes, start, end);
        if (characters < 0) {
            return fault(characters == Slices.HAS_NUL ? IssueCode.INVALID_CHARACTER : IssueCode.INVALID_ENCODING);
        }
        if (letterCase != Reading.LetterCase.KEEP) {
            return changed(bytes, start, end, row, characters);
        }
        int fault = check(bytes, start, end, characters);
        if (fault != OK) {
            return fault;
        }
        if (copies) {
            out.append(row, bytes, start, end - start);
        } else {
            out.set(row, start, end - start);
        }
        return OK;
    }

    private int changed(byte[] bytes, int start, int end, int row, int characters) {
        int length = end - start;
        int at;
        if (characters == length) {
            at = out.reserve(length);
            byte[] buffer = out.buffer();
            boolean upper = letterCase == Reading.LetterCase.UPPER;
            for (int i = 0; i < length; i++) {
                byte b = bytes[start + i];
                boolean other = upper ? b >= 'a' && b <= 'z' : b >= 'A' && b <= 'Z';
                buffer[at + i] = other ? (byte) (b ^ 0x20) : b;
            }
        } else {
            String text = Slices.text(bytes, start, end);
            String other = letterCase == Reading.LetterCase.UPPER
                    ? text.toUpperCase(Locale.ROOT)
                    : text.toLowerCase(Locale.ROOT);
            byte[] utf8 = other.getBytes(StandardCharsets.UTF_8);
            length = utf8.length;
            at = out.reserve(length);
            System.arraycopy(utf8, 0, out.buffer(), at, length);
            characters = other.codePointCount(0, other.length());
        }
        int fault = check(out.buffer(), at, at + length, characters);
        if (fault == OK) {
            out.set(row, at, length);
        }
        return fault;
    }

    /** Letters beyond ASCII may be in an address, blanks and characters that cannot be seen may not. */
    private static boolean isAddress(byte[] bytes, int start, int end, int characters) {
        return EmailAddress.isValid(bytes, start, end)
                && (characters == end - start || !Blanks.isIn(bytes, start, end));
    }

    private int check(byte[] bytes, int start, int end, int characters) {
        if (characters < minLength) {
            return fault(IssueCode.TOO_SHORT);
        }
        if (characters > maxLength) {
            return fault(IssueCode.TOO_LONG);
        }
        if (allowed != null && !allowed.contains(bytes, start, end)) {
            return fault(IssueCode.NOT_ALLOWED);
        }
        if (email && !isAddress(bytes, start, end, characters)) {
            return fault(IssueCode.EMAIL);
        }
        if (pattern != null) {
            return switch (pattern.match(bytes, start, end, characters)) {
                case MATCHES -> OK;
                case DIFFERS -> fault(IssueCode.PATTERN);
                case TOO_COSTLY -> fault(IssueCode.PATTERN_TOO_COSTLY);
            };
        }
        return OK;
    }
}
