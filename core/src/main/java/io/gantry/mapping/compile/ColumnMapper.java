// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.mapping.ColumnMapping;
import io.gantry.mapping.Reading;
import io.gantry.records.FormulaGuard;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.schema.FieldType;
import io.gantry.validation.IssueCode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills one column of typed values from the cells of a batch. Belongs to one thread. */
final class ColumnMapper {

    private static final byte[] NOTHING = new byte[0];

    private final int index;
    private final Column out;
    private final CellParser<?> parser;
    private final CellSource source;
    private final boolean text;
    private final boolean trims;
    private final boolean keyText;
    private final boolean unguards;
    private final @Nullable SliceSet nulls;
    private final byte @Nullable [] defaultValue;
    private final @Nullable SliceSet mapped;
    private final byte[][] instead;
    private final Reading.Unmapped unmapped;
    private final boolean required;
    private final boolean lenient;
    private final @Nullable Set<Object> allowed;
    private final boolean exact;

    ColumnMapper(int index, Column out, CompiledMapping compiled) {
        this.index = index;
        this.out = out;
        source = compiled.source(index);
        required = compiled.isRequired(index) && !compiled.isLost(index);
        lenient = compiled.isLenient(index);
        ColumnMapping mapping = compiled.mapping().columns().get(index);
        Reading reading = mapping.reading();
        text = out.field().type() == FieldType.STRING;
        exact = out.field().type() == FieldType.FLOAT;
        trims = reading.trim() || !text;
        keyText = text && compiled.isKey(index);
        unguards = compiled.isGuarded() && text && source.isInBuffer();
        nulls = reading.nullTokens().isEmpty() ? null : new SliceSet(reading.nullTokens());
        defaultValue = reading.defaultValue() == null ? null : utf8(reading.defaultValue());
        mapped = reading.values().isEmpty()
                ? null
                : new SliceSet(reading.values().keySet());
        instead = reading.values().values().stream().map(ColumnMapper::utf8).toArray(byte[][]::new);
        unmapped = reading.unmapped();
        List<String> oneOf = mapping.checks().oneOf();
        allowed = text || oneOf.isEmpty() ? null : values(oneOf);
        boolean copies = !source.isInBuffer() || defaultValue != null || mapped != null;
        parser = Parsers.of(out, reading, mapping.checks(), copies);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Set<Object> values(List<String> texts) {
        Set<Object> values = new HashSet<>();
        texts.forEach(text -> Parsers.value(out.field(), text).ifPresent(value -> values.add(comparable(value))));
        return values;
    }

    private static Object comparable(Object value) {
        return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
    }

    String expected() {
        return parser.expected();
    }

    /** Maps the records from a place on; row 0 is the first of them. */
    void map(TextBatch records, int from, int count, CellIssues issues) {
        parser.begin(records.buffer());
        for (int row = 0; row < count; row++) {
            int fault = source.locate(records, from + row)
                    ? cell(source.bytes, source.start, source.end, source.kind, row)
                    : missing(row);
            if (fault != CellParser.OK) {
                if (fault < CellParser.OK) {
                    issues.warn(row, index, -fault);
                } else if (lenient && fault != REQUIRED) {
                    out.setNull(row);
                    issues.warn(row, index, fault);
                    if (required) {
                        issues.add(row, index, REQUIRED);
                    }
                } else {
                    issues.add(row, index, fault);
                }
            } else if (source.kind == TextBatch.Kind.LONG_NUMBER && !exact && !out.isNull(row)) {
                issues.warn(row, index, PRECISION_RISK);
            }
        }
    }

    private static final int HIDDEN = -CellParser.fault(IssueCode.HIDDEN_CHARACTER);
    private static final int PRECISION_RISK = CellParser.fault(IssueCode.PRECISION_RISK);
    private static final int NOT_CALCULATED = CellParser.fault(IssueCode.FORMULA_NOT_CALCULATED);

    private static final int REQUIRED = CellParser.fault(IssueCode.REQUIRED);

    private int cell(byte[] bytes, int start, int end, byte kind, int row) {
        int from = start;
        int to = end;
        if (trims) {
            from = Slices.trimStart(bytes, from, to);
            to = Slices.trimEnd(bytes, from, to);
        }
        if (unguards && from < to && bytes[from] == '\'') {
            from += FormulaGuard.unguard(bytes, from, to - from);
        }
        if (kind == TextBatch.Kind.FORMULA) {
            return NOT_CALCULATED;
        }
        if (source.isRisky()) {
            return PRECISION_RISK;
        }
        if (from == to && kind == TextBatch.Kind.WHOLE && text && mapped == null) {
            return read(kind, bytes, from, to, row);
        }
        if (from == to || (nulls != null && nulls.contains(bytes, from, to))) {
            return missing(row);
        }
        if (mapped != null) {
            int place = mapped.find(bytes, from, to);
            if (place >= 0) {
                byte[] other = instead[place];
                return other.length == 0 ? missing(row) : read(TextBatch.Kind.TEXT, other, 0, other.length, row);
            }
            if (unmapped == Reading.Unmapped.NULL) {
                return missing(row);
            }
            if (unmapped == Reading.Unmapped.REJECT) {
                return CellParser.fault(IssueCode.UNMAPPED_VALUE);
            }
        }
        return read(kind, bytes, from, to, row);
    }

    private int read(byte kind, byte[] bytes, int start, int end, int row) {
        int fault = kind == TextBatch.Kind.TEXT || kind == TextBatch.Kind.WHOLE
                ? parser.parse(bytes, start, end, row)
                : parser.parseTyped(kind, bytes, start, end, row);
        if (CellParser.isGood(fault) && allowed != null) {
            Object value = out.object(row);
            if (value != null && !allowed.contains(comparable(value))) {
                out.setNull(row);
                return CellParser.fault(IssueCode.NOT_ALLOWED);
            }
        }
        return fault == CellParser.OK && keyText && Blanks.isHidden(bytes, start, end) ? HIDDEN : fault;
    }

    private int missing(int row) {
        if (defaultValue != null) {
            return read(TextBatch.Kind.TEXT, defaultValue, 0, defaultValue.length, row);
        }
        return required ? REQUIRED : CellParser.OK;
    }

    /** Finds the text for a field in a record. */
    abstract static class CellSource {
        byte[] bytes = NOTHING;
        int start;
        int end;
        byte kind;
        /** Whether the number is whole, and so long that a spreadsheet may have changed its last digits. */
        private boolean risky;

        /** Which of the forms of a number the field wants: as it is, exactly, or as it is shown. */
        enum Form {
            PLAIN,
            EXACT,
            SHOWN;

            static Form of(FieldType type) {
                return switch (type) {
                    case FLOAT -> EXACT;
                    case STRING -> SHOWN;
                    default -> PLAIN;
                };
            }
        }

        final boolean isRisky() {
            return risky;
        }

        /** Finds the form of a cell that is wanted. */
        final void locate(TextBatch records, int cell, Form form) {
            bytes = records.buffer();
            start = records.start(cell);
            end = start + records.length(cell);
            kind = records.kind(cell);
            int exactLength = records.exactLength(cell);
            int shownLength = records.shownLength(cell);
            boolean number = kind == TextBatch.Kind.NUMBER || kind == TextBatch.Kind.LONG_NUMBER;
            risky = number && end - start > 15 && isWhole() && (form != Form.EXACT || exactLength > 0);
            if (form == Form.EXACT && exactLength > 0) {
                start = end;
                end += exactLength;
            } else if (form == Form.SHOWN && shownLength > 0) {
                start = end + exactLength;
                end = start + shownLength;
            }
        }

        /** Whether a number has more than 15 digits in front of its point. */
        private boolean isWhole() {
            int digits = 0;
            for (int i = start; i < end && bytes[i] != '.'; i++) {
                digits += bytes[i] == '-' ? 0 : 1;
            }
            return digits > 15;
        }

        /** Finds the text; false when the record has none. */
        abstract boolean locate(TextBatch records, int record);

        /** Whether all texts lie in the buffer of the batch. */
        boolean isInBuffer() {
            return false;
        }

        static CellSource column(int place, FieldType type) {
            Form form = Form.of(type);
            return new CellSource() {
                @Override
                boolean locate(TextBatch records, int record) {
                    if (place >= records.cells(record)) {
                        return false;
                    }
                    locate(records, records.first(record) + place, form);
                    return true;
                }

                @Override
                boolean isInBuffer() {
                    return true;
                }
            };
        }

        static CellSource nothing() {
            return new CellSource() {
                @Override
                boolean locate(TextBatch records, int record) {
                    return false;
                }
            };
        }

        static CellSource constant(String text) {
            return new CellSource() {
                {
                    bytes = utf8(text);
                    end = bytes.length;
                }

                @Override
                boolean locate(TextBatch records, int record) {
                    return true;
                }
            };
        }

        /** Texts and columns in turn: where there is no text, the column at the place. */
        static CellSource template(List<byte[]> texts, List<Integer> places) {
            return new CellSource() {
                private byte[] made = NOTHING;
                private int length;

                @Override
                boolean locate(TextBatch records, int record) {
                    length = 0;
                    byte worst = TextBatch.Kind.TEXT;
                    boolean found = false;
                    for (int part = 0; part < texts.size(); part++) {
                        int place = places.get(part);
                        if (place < 0) {
                            append(texts.get(part), 0, texts.get(part).length);
                        } else if (place < records.cells(record)) {
                            locate(records, records.first(record) + place, Form.SHOWN);
                            boolean bad = kind == TextBatch.Kind.ERROR
                                    || kind == TextBatch.Kind.FORMULA
                                    || kind == TextBatch.Kind.LONG_NUMBER
                                            && (isRisky() || worst == TextBatch.Kind.TEXT);
                            worst = bad ? kind : worst;
                            int from = Slices.trimStart(bytes, start, end);
                            int to = Slices.trimEnd(bytes, from, end);
                            found |= to > from || bad;
                            append(bytes, from, to - from);
                        }
                    }
                    bytes = made;
                    start = 0;
                    end = length;
                    kind = worst;
                    return found;
                }

                private void append(byte[] from, int offset, int count) {
                    if (made.length - length < count) {
                        made = Arrays.copyOf(made, Math.max(2 * made.length, length + count));
                    }
                    System.arraycopy(from, offset, made, length, count);
                    length += count;
                }
            };
        }
    }
}
