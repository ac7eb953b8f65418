// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.dataset.CheckingDataset.RowCheck;
import io.gantry.spi.dataset.RowIssues;
import io.gantry.spi.records.RowBatch;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks rows by the Jakarta Validation constraints of a record, and by what its components can hold. */
final class RecordCheck<T extends Record> implements RowCheck {

    private final RecordShape<T> shape;
    private final List<String> names;
    private final Validator validator;
    private final boolean[] constrained;
    private final boolean beanConstrained;

    RecordCheck(RecordShape<T> shape, Validator validator) {
        this.shape = shape;
        this.names = shape.names();
        this.validator = validator;
        var bean = validator.getConstraintsForClass(shape.type());
        this.constrained = new boolean[names.size()];
        for (int i = 0; i < constrained.length; i++) {
            constrained[i] = bean.getConstraintsForProperty(names.get(i)) != null;
        }
        this.beanConstrained = !bean.getConstraintDescriptors().isEmpty();
    }

    @Override
    public void check(RowBatch rows, boolean[] rejected, RowIssues issues) {
        int[] columns = new int[names.size()];
        Arrays.fill(columns, -1);
        for (int i = 0; i < rows.fields().size(); i++) {
            columns[names.indexOf(rows.fields().get(i).name())] = i;
        }
        @Nullable Object[] values = new Object[names.size()];
        for (int row = 0; row < rows.size(); row++) {
            boolean good = !rejected[row];
            for (int i = 0; i < values.length; i++) {
                values[i] = columns[i] < 0 ? null : rows.column(columns[i]).object(row);
                if (columns[i] >= 0 && values[i] != null) {
                    good &= component(rows.number(row), i, values[i], issues);
                } else if (columns[i] >= 0 && !rejected[row]) {
                    good &= component(rows.number(row), i, null, issues);
                }
            }
            if (good && whole(columns)) {
                record(rows.number(row), values, issues);
            }
        }
    }

    /** Whether the load has all that a record needs: an update of some fields makes no record. */
    private static boolean whole(int[] columns) {
        return Arrays.stream(columns).allMatch(column -> column >= 0);
    }

    /** The record's own constructor may refuse values, and so may constraints on the record as a whole. */
    private void record(long number, @Nullable Object[] values, RowIssues issues) {
        T record;
        try {
            record = shape.record(values);
        } catch (RuntimeException e) {
            String reason = e.getMessage();
            issues.reject(
                    number, List.of(), "CONSTRAINT_VIOLATED", reason == null ? "was refused by the record" : reason);
            return;
        }
        if (beanConstrained) {
            report(number, List.of(), validator.validate(record), issues);
        }
    }

    private boolean component(long number, int place, @Nullable Object value, RowIssues issues) {
        List<String> field = List.of(names.get(place));
        Class<?> type = shape.type(place);
        if (value instanceof Long integer && !fits(integer, type)) {
            issues.reject(number, field, "OUT_OF_RANGE", "does not fit the field");
            return false;
        }
        if (value instanceof String text && type.isEnum() && !isConstant(text, type)) {
            issues.reject(number, field, "NOT_ALLOWED", "is not one of the values allowed");
            return false;
        }
        if (!constrained[place]) {
            return true;
        }
        Object component = RecordShape.toComponent(value, type);
        return report(number, field, validator.validateValue(shape.type(), names.get(place), component), issues);
    }

    private static boolean fits(long value, Class<?> type) {
        return type == int.class || type == Integer.class
                ? value == (int) value
                : type != short.class && type != Short.class || value == (short) value;
    }

    private static boolean isConstant(String text, Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .anyMatch(constant -> ((Enum<?>) constant).name().equals(text));
    }

    private boolean report(
            long number, List<String> fields, Set<? extends ConstraintViolation<?>> violations, RowIssues issues) {
        violations.stream()
                .sorted(Comparator.<ConstraintViolation<?>, String>comparing(RecordCheck::code)
                        .thenComparing(ConstraintViolation::getMessage))
                .forEach(violation -> issues.reject(number, fields, code(violation), violation.getMessage()));
        return violations.isEmpty();
    }

    /** The annotation's name in the style of codes: {@code @PastOrPresent} is {@code PAST_OR_PRESENT}. */
    private static String code(ConstraintViolation<?> violation) {
        return violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT);
    }
}
