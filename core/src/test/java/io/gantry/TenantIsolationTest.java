// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.TenantWorld.Theirs;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * That a tenant learns nothing of another and changes nothing of it, whatever it calls and whatever it knows.
 *
 * <p>Each call of {@link TenantCases} is made twice: in a world in which the other tenant has pipelines, runs, files and all the
 * rest, with what names them; and in a world in which it never existed. The answers must be equal to the letter. All that the
 * other tenant has must be, byte for byte, what it was.
 */
class TenantIsolationTest {

    @Test
    void each_method_that_can_be_reached_has_its_cases() {
        assertThat(new TenantCases().all().keySet())
                .as("add the cases of a new method to TenantCases")
                .containsExactlyElementsOf(reachable());
    }

    @Test
    void a_tenant_is_told_nothing_of_another_and_changes_nothing_of_it() throws Exception {
        Map<String, List<String>> beside;
        Theirs theirs;
        try (TenantWorld world = TenantWorld.withTwoTenants()) {
            theirs = world.theirs();
            Map<String, String> before = world.allOfTheirs();
            beside = answers(world, theirs);
            assertThat(world.allOfTheirs()).isEqualTo(before);
        }
        Map<String, List<String>> alone;
        try (TenantWorld world = TenantWorld.withOneTenant()) {
            alone = answers(world, theirs);
        }
        assertThat(beside).containsExactlyEntriesOf(alone);
    }

    @Test
    void the_calls_that_name_things_of_another_tenant_are_answered_like_calls_that_name_nothing() throws Exception {
        try (TenantWorld world = TenantWorld.withTwoTenants()) {
            Theirs theirs = world.theirs();
            for (String id : List.of(theirs.run(), theirs.pipeline(), theirs.file(), "no such thing")) {
                assertThat(TenantWorld.told(() -> world.mine().runs().get(id)))
                        .isEqualTo("RUN_NOT_FOUND DATA There is no run with id '" + id + "' {}");
                assertThat(TenantWorld.told(() -> world.mine().pipelines().get(id)))
                        .isEqualTo("PIPELINE_NOT_FOUND DATA There is no pipeline with code or id '" + id + "' {}");
                assertThat(TenantWorld.told(() -> world.mine().file(id))).isEqualTo("Optional.empty");
            }
        }
    }

    private static Map<String, List<String>> answers(TenantWorld world, Theirs theirs) {
        Map<String, List<String>> answers = new TreeMap<>();
        new TenantCases()
                .all()
                .forEach((method, cases) -> answers.put(
                        method,
                        cases.stream()
                                .map(each -> TenantWorld.told(() -> each.call(world, theirs)))
                                .toList()));
        return answers;
    }

    /** The methods of the workspace and of all interfaces to which they lead. */
    private static Set<String> reachable() {
        Set<String> methods = new TreeSet<>();
        Set<Class<?>> seen = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
        Deque<Type> open = new ArrayDeque<>(List.of(Workspace.class));
        while (!open.isEmpty()) {
            Type type = open.pop();
            if (type instanceof ParameterizedType parameterized) {
                open.addAll(Arrays.asList(parameterized.getActualTypeArguments()));
                open.push(parameterized.getRawType());
            } else if (type instanceof WildcardType wildcard) {
                open.addAll(Arrays.asList(wildcard.getUpperBounds()));
            } else if (type instanceof GenericArrayType array) {
                open.push(array.getGenericComponentType());
            } else if (type instanceof Class<?> found && hasBehaviour(found) && seen.add(found)) {
                for (Method method : found.getMethods()) {
                    if (!Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class) {
                        methods.add(name(found, method));
                        open.push(method.getGenericReturnType());
                    }
                }
            }
        }
        return methods;
    }

    /** Values are told as they are: they have no more to tell. */
    private static boolean hasBehaviour(Class<?> type) {
        return type.getName().startsWith("io.gantry") && type.isInterface() && !type.isSealed();
    }

    private static String name(Class<?> type, Method method) {
        return type.getSimpleName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
