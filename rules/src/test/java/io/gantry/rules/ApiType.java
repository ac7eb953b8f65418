// SPDX-License-Identifier: Apache-2.0
package io.gantry.rules;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes down one type. What it inherits from types that are not public counts as its own. */
final class ApiType {

    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals(Object)", "hashCode()", "toString()");

    private final Class<?> type;
    private final boolean extensible;
    private final Set<String> members = new TreeSet<>();

    private ApiType(Class<?> type) {
        this.type = type;
        this.extensible = !Modifier.isFinal(type.getModifiers());
    }

    /** The lines of a type, its header first; none when it is not part of the API. */
    static List<String> lines(Class<?> type) {
        if (type.isAnonymousClass() || type.isLocalClass() || type.isSynthetic() || !isVisible(type)) {
            return List.of();
        }
        ApiType api = new ApiType(type);
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            api.add(constructor, type.getSimpleName());
        }
        api.addMembersOf(type);
        List<String> lines = new ArrayList<>();
        lines.add(api.header());
        api.members.forEach(member -> lines.add("    " + member));
        return lines;
    }

    private static boolean isVisible(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            boolean extended = each.getEnclosingClass() == null
                    || !Modifier.isFinal(each.getEnclosingClass().getModifiers());
            if (!Modifier.isPublic(each.getModifiers()) && !(Modifier.isProtected(each.getModifiers()) && extended)) {
                return false;
            }
        }
        return true;
    }

    private void addMembersOf(Class<?> owner) {
        for (Field field : owner.getDeclaredFields()) {
            if (isOffered(field)) {
                members.add(modifiers(field) + written(field.getAnnotatedType()) + " " + field.getName());
            }
        }
        for (Method method : owner.getDeclaredMethods()) {
            add(method, written(method.getAnnotatedReturnType()) + " " + method.getName());
        }
        hidden(owner).forEach(this::addMembersOf);
    }

    /** What a type extends that users cannot name. */
    private static Stream<Class<?>> hidden(Class<?> owner) {
        return Stream.concat(Stream.ofNullable(owner.getSuperclass()), Arrays.stream(owner.getInterfaces()))
                .filter(each -> !isVisible(each));
    }

    private void add(Executable executable, String name) {
        String signature = executable.getName()
                + Arrays.stream(executable.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"));
        if (!isOffered(executable) || OF_EVERY_OBJECT.contains(signature)) {
            return;
        }
        String thrown = Arrays.stream(executable.getGenericExceptionTypes())
                .map(ApiType::written)
                .collect(Collectors.joining(", "));
        members.add(modifiers(executable)
                + variables(executable.getTypeParameters())
                + name
                + Arrays.stream(executable.getParameters())
                        .map(ApiType::written)
                        .collect(Collectors.joining(", ", "(", ")"))
                + (thrown.isEmpty() ? "" : " throws " + thrown));
    }

    private boolean isOffered(Member member) {
        int modifiers = member.getModifiers();
        return !member.isSynthetic() && (Modifier.isPublic(modifiers) || extensible && Modifier.isProtected(modifiers));
    }

    private static String modifiers(Member member) {
        int modifiers = member.getModifiers() & ~(Modifier.SYNCHRONIZED | Modifier.NATIVE | Modifier.TRANSIENT);
        boolean method = member instanceof Method;
        boolean varargs = member instanceof Executable executable && executable.isVarArgs();
        String written = Modifier.toString(
                modifiers & (method || varargs ? ~(Modifier.TRANSIENT | Modifier.VOLATILE) : ~Modifier.VOLATILE));
        String deprecated = isDeprecated(member) ? "@Deprecated " : "";
        String isDefault = method && ((Method) member).isDefault() ? "default " : "";
        return deprecated + isDefault + (written.isEmpty() ? "" : written + " ");
    }

    private static boolean isDeprecated(Member member) {
        return member instanceof Executable executable
                ? executable.isAnnotationPresent(Deprecated.class)
                : ((Field) member).isAnnotationPresent(Deprecated.class);
    }

    private String header() {
        String kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        int modifiers = type.getModifiers() & ~Modifier.INTERFACE;
        if (type.isInterface() || type.isEnum() || type.isRecord()) {
            modifiers &= ~(Modifier.ABSTRACT | Modifier.FINAL | Modifier.STATIC);
        }
        String components = !type.isRecord()
                ? ""
                : Arrays.stream(type.getRecordComponents())
                        .map(component -> written(component.getAnnotatedType()) + " " + component.getName())
                        .collect(Collectors.joining(", ", "(", ")"));
        return (type.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "")
                + Modifier.toString(modifiers)
                + (type.isSealed() ? " sealed" : "")
                + " " + kind + " " + type.getName()
                + variables(type.getTypeParameters()).strip()
                + components
                + parents();
    }

    private String parents() {
        boolean plain = type.isInterface() || type.isEnum() || type.isRecord();
        Stream<Type> above = plain || type.getSuperclass() == null || type.getSuperclass() == Object.class
                ? Stream.of()
                : Stream.of(type.getGenericSuperclass());
        String all = Stream.concat(above, Arrays.stream(type.getGenericInterfaces()))
                .map(ApiType::written)
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : " : " + all;
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable.getName() + bounds(variable))
                        .collect(Collectors.joining(", ", "<", "> "));
    }

    private static String bounds(TypeVariable<?> variable) {
        String bounds = Arrays.stream(variable.getAnnotatedBounds())
                .map(ApiType::written)
                .filter(bound -> !bound.equals("Object"))
                .collect(Collectors.joining(" & "));
        return bounds.isEmpty() ? "" : " extends " + bounds;
    }

    private static String written(Parameter parameter) {
        String type = written(parameter.getAnnotatedType());
        return parameter.isVarArgs() ? type.replaceAll("\\[]$", "...") : type;
    }

    private static String written(Type type) {
        return shortened(type.getTypeName());
    }

    private static String written(AnnotatedType type) {
        return shortened(type.toString());
    }

    /** Names of the JDK's everyday packages are clear without them. */
    private static String shortened(String written) {
        return written.replaceAll("@org\\.jspecify\\.annotations\\.(\\w+)\\(\\)", "@$1")
                .replaceAll("\\bjava\\.(?:lang|util|util\\.function|time|io|math)\\.(?=[A-Z])", "");
    }
}
