// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import io.gantry.spi.schema.Sensitivity;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shape of a Java record: its components are looked up once. */
final class RecordShape<T extends Record> implements Shape<T> {

    private static final Map<Class<?>, FieldType> TYPES = Map.ofEntries(
            Map.entry(String.class, FieldType.STRING),
            Map.entry(long.class, FieldType.INTEGER),
            Map.entry(Long.class, FieldType.INTEGER),
            Map.entry(int.class, FieldType.INTEGER),
            Map.entry(Integer.class, FieldType.INTEGER),
            Map.entry(short.class, FieldType.INTEGER),
            Map.entry(Short.class, FieldType.INTEGER),
            Map.entry(double.class, FieldType.FLOAT),
            Map.entry(Double.class, FieldType.FLOAT),
            Map.entry(float.class, FieldType.FLOAT),
            Map.entry(Float.class, FieldType.FLOAT),
            Map.entry(boolean.class, FieldType.BOOLEAN),
            Map.entry(Boolean.class, FieldType.BOOLEAN),
            Map.entry(BigDecimal.class, FieldType.DECIMAL),
            Map.entry(LocalDate.class, FieldType.DATE),
            Map.entry(LocalTime.class, FieldType.TIME),
            Map.entry(Instant.class, FieldType.TIMESTAMP),
            Map.entry(UUID.class, FieldType.UUID),
            Map.entry(byte[].class, FieldType.BYTES));

    private final Class<T> type;
    private final RecordComponent[] components;
    private final Method[] accessors;
    private final Constructor<T> constructor;

    RecordShape(Class<T> type) {
        this.type = type;
        components = type.getRecordComponents();
        accessors = new Method[components.length];
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            for (int i = 0; i < components.length; i++) {
                accessors[i] = components[i].getAccessor();
                accessors[i].setAccessible(true);
            }
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Every record has its canonical constructor", e);
        }
    }

    Schema schema(Map<String, Sensitivity> sensitivities) {
        Field[] fields = new Field[components.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = field(components[i])
                    .sensitivity(sensitivities.getOrDefault(components[i].getName(), Sensitivity.PUBLIC));
        }
        return Schema.of(fields);
    }

    Class<T> type() {
        return type;
    }

    Class<?> type(int place) {
        return components[place].getType();
    }

    List<String> names() {
        return Arrays.stream(components).map(RecordComponent::getName).toList();
    }

    private Field field(RecordComponent component) {
        Class<?> java = component.getType();
        FieldType fieldType = java.isEnum() ? FieldType.STRING : TYPES.get(java);
        if (fieldType == null) {
            throw new IllegalArgumentException("Component '" + component.getName() + "' of " + type.getName()
                    + " is of " + java.getName() + ", which no field can hold");
        }
        Field field = Field.of(component.getName(), fieldType);
        if (java.isPrimitive()
                || has(component, NotNull.class)
                || has(component, NotBlank.class)
                || has(component, NotEmpty.class)) {
            field = field.required();
        }
        Size size = component.getAccessor().getAnnotation(Size.class);
        boolean sized = fieldType == FieldType.STRING || fieldType == FieldType.BYTES;
        return size != null && sized && size.max() < Integer.MAX_VALUE ? field.length(size.max()) : field;
    }

    private static boolean has(RecordComponent component, Class<? extends Annotation> annotation) {
        return component.getAccessor().isAnnotationPresent(annotation);
    }

    @Override
    public @Nullable Object[] values(T record) {
        @Nullable Object[] values = new Object[accessors.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = toField(accessors[i].invoke(record));
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("A component of " + type.getName() + " cannot be read", e);
        }
        return values;
    }

    private static @Nullable Object toField(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Short) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return Double.valueOf(number.toString()); // as people see it, not as the wider type would show it
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    @Override
    public T record(@Nullable Object[] values) {
        @Nullable Object[] arguments = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            arguments[i] = toComponent(values[i], components[i].getType());
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException refusal
                    ? refusal
                    : new IllegalStateException("A record of " + type.getName() + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record of " + type.getName() + " cannot be made", e);
        }
    }

    /** Numbers out of the range of their component are told of by {@link RecordCheck}, before a record is made. */
    static @Nullable Object toComponent(@Nullable Object value, Class<?> type) {
        if (value == null) {
            return null;
        }
        if (type == int.class || type == Integer.class) {
            return ((Long) value).intValue();
        }
        if (type == short.class || type == Short.class) {
            return ((Long) value).shortValue();
        }
        if (type == float.class || type == Float.class) {
            return ((Double) value).floatValue();
        }
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(value)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("No constant of " + type.getName());
        }
        return value;
    }
}
