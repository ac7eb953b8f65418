// SPDX-License-Identifier: Apache-2.0
package io.gantry.check;

import jakarta.validation.Constraint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of what keeps its constraints that it does, without the validator: to start that takes half a second of CPU time,
 * more than all else that a process does before its first run.
 *
 * <p>It reads the same constraints, of records only, and knows few of them. Where it meets another one, and where one is
 * violated, it is not sure: then the validator judges, so that there is one who words what is wrong.
 */
final class QuickRules {

    /** A component of a record. */
    private record Part(Method accessor, List<Annotation> rules, List<Annotation> ofElements) {}

    private static final ClassValue<Optional<List<Part>>> PARTS = new ClassValue<>() {
        @Override
        protected Optional<List<Part>> computeValue(Class<?> type) {
            return Optional.ofNullable(parts(type));
        }
    };

    private QuickRules() {}

    /** Whether the validator would surely find nothing wrong. */
    static boolean surelyKept(Object bean) {
        Optional<List<Part>> parts = PARTS.get(bean.getClass());
        return parts.isPresent() && parts.get().stream().allMatch(part -> kept(part, bean));
    }

    private static boolean kept(Part part, Object bean) {
        if (part.rules.isEmpty() && part.ofElements.isEmpty()) {
            return true;
        }
        Object value;
        try {
            value = part.accessor.invoke(bean);
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
        return kept(part.rules, value)
                && (value == null
                        || part.ofElements.isEmpty()
                        || (value instanceof List<?> list
                                && list.stream().allMatch(element -> kept(part.ofElements, element))));
    }

    private static boolean kept(List<Annotation> rules, @Nullable Object value) {
        return rules.stream().allMatch(rule -> kept(rule, value));
    }

    private static boolean kept(Annotation rule, @Nullable Object value) {
        if (value == null) {
            return !(rule instanceof NotNull || rule instanceof NotBlank || rule instanceof NotEmpty);
        }
        if (rule instanceof Valid) {
            return surelyKept(value);
        }
        if (value instanceof CharSequence text) {
            return textKept(rule, text.toString());
        }
        if (value instanceof Collection<?> collection) {
            return sizeKept(rule, collection.size());
        }
        if (value instanceof Integer || value instanceof Long) {
            return numberKept(rule, BigDecimal.valueOf(((Number) value).longValue()));
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return numberKept(rule, BigDecimal.valueOf(number));
        }
        return rule instanceof NotNull;
    }

    private static boolean textKept(Annotation rule, String text) {
        if (rule instanceof NotBlank) {
            return !text.isBlank() && !text.trim().isEmpty(); // whichever characters count as blanks
        }
        if (rule instanceof Pattern pattern) {
            return pattern.flags().length == 0 && text.matches(pattern.regexp());
        }
        return sizeKept(rule, text.length());
    }

    private static boolean sizeKept(Annotation rule, int size) {
        if (rule instanceof Size limits) {
            return size >= limits.min() && size <= limits.max();
        }
        return rule instanceof NotNull || (rule instanceof NotEmpty && size > 0);
    }

    private static boolean numberKept(Annotation rule, BigDecimal number) {
        if (rule instanceof Min least) {
            return number.compareTo(BigDecimal.valueOf(least.value())) >= 0;
        }
        if (rule instanceof Max greatest) {
            return number.compareTo(BigDecimal.valueOf(greatest.value())) <= 0;
        }
        if (rule instanceof DecimalMin least) {
            return least.inclusive() && number.compareTo(new BigDecimal(least.value())) >= 0;
        }
        if (rule instanceof DecimalMax greatest) {
            return greatest.inclusive() && number.compareTo(new BigDecimal(greatest.value())) <= 0;
        }
        return rule instanceof NotNull
                || (rule instanceof Positive && number.signum() > 0)
                || (rule instanceof PositiveOrZero && number.signum() >= 0);
    }

    /** The components of a record; null where there may be more to check than is known here. */
    private static @Nullable List<Part> parts(Class<?> type) {
        if (!type.isRecord() || !rules(type.getAnnotations()).isEmpty()) {
            return null;
        }
        List<Method> others = new ArrayList<>(List.of(type.getMethods()));
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Part part = part(type, component);
            if (part == null) {
                return null;
            }
            others.remove(component.getAccessor());
            parts.add(part);
        }
        boolean more = others.stream()
                .anyMatch(method -> !rules(method.getAnnotations()).isEmpty());
        return more ? null : parts;
    }

    private static @Nullable Part part(Class<?> type, RecordComponent component) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true); // the record may be known to its package only
        Set<Annotation> rules = new LinkedHashSet<>(rules(accessor.getAnnotations()));
        List<Annotation> ofElements = List.of();
        AnnotatedType declared = component.getAnnotatedType();
        try {
            rules.addAll(rules(type.getDeclaredField(component.getName()).getAnnotations()));
        } catch (NoSuchFieldException e) {
            return null;
        }
        if (declared instanceof AnnotatedParameterizedType generic) {
            List<Annotation> ofArguments = new ArrayList<>();
            for (AnnotatedType argument : generic.getAnnotatedActualTypeArguments()) {
                if (!(argument.getType() instanceof Class<?>)) {
                    return null; // it may have constraints further within
                }
                ofArguments.addAll(rules(argument.getAnnotations()));
            }
            if (!ofArguments.isEmpty() && component.getType() != List.class) {
                return null;
            }
            ofElements = ofArguments;
        }
        boolean known = rules.stream().allMatch(QuickRules::isKnown)
                && ofElements.stream().allMatch(QuickRules::isKnown);
        return known ? new Part(accessor, List.copyOf(rules), ofElements) : null;
    }

    /** Those of the annotations that the validator heeds. */
    private static List<Annotation> rules(Annotation[] annotations) {
        List<Annotation> rules = new ArrayList<>();
        for (Annotation annotation : annotations) {
            Class<?> type = annotation.annotationType();
            if (type.isAnnotationPresent(Constraint.class)
                    || type.getName().startsWith("jakarta.validation.")
                    || type.getName().startsWith("org.hibernate.validator.")) {
                rules.add(annotation);
            }
        }
        return rules;
    }

    private static boolean isKnown(Annotation rule) {
        return rule instanceof Valid
                || (rule instanceof NotNull one && one.groups().length == 0)
                || (rule instanceof NotBlank one && one.groups().length == 0)
                || (rule instanceof NotEmpty one && one.groups().length == 0)
                || (rule instanceof Size one && one.groups().length == 0)
                || (rule instanceof Pattern one && one.groups().length == 0)
                || (rule instanceof Min one && one.groups().length == 0)
                || (rule instanceof Max one && one.groups().length == 0)
                || (rule instanceof DecimalMin one && one.groups().length == 0)
                || (rule instanceof DecimalMax one && one.groups().length == 0)
                || (rule instanceof Positive one && one.groups().length == 0)
                || (rule instanceof PositiveOrZero one && one.groups().length == 0);
    }
}
