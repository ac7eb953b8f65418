// SPDX-License-Identifier: Apache-2.0
package io.gantry.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the public API of each published module with the dump of it in {@code docs/api}. */
class PublicApiTest {

    private static final Path DUMPS = Path.of("../docs/api");
    private static final boolean ACCEPT = System.getProperty("gantry.acceptApi") != null;
    private static final int SHOWN = 40;

    @Test
    void the_public_api_is_the_one_that_was_reviewed() throws IOException {
        Map<String, List<String>> modules = modules();
        assertThat(modules)
                .containsOnlyKeys(
                        "io.gantry.core",
                        "io.gantry.jdbc",
                        "io.gantry.poi",
                        "io.gantry.sdk",
                        "io.gantry.sdk.testserver",
                        "io.gantry.spi",
                        "io.gantry.testkit",
                        "io.gantry.testkit.runs");
        List<String> changes = new ArrayList<>();
        for (Map.Entry<String, List<String>> module : modules.entrySet()) {
            Path dump = DUMPS.resolve(module.getKey() + ".txt");
            if (ACCEPT) {
                Files.createDirectories(DUMPS);
                Files.writeString(dump, String.join("\n", module.getValue()) + "\n");
            }
            List<String> reviewed = Files.exists(dump) ? Files.readAllLines(dump) : List.of();
            changes.addAll(changes(reviewed, module.getValue()));
        }
        if (!changes.isEmpty()) {
            fail("The public API is not the one in docs/api; accept the change by\n\n"
                    + "  ./mvnw -Dgantry.acceptApi -pl rules -am test\n\n"
                    + "and have it reviewed with the rest:\n"
                    + changes.stream().limit(SHOWN).collect(Collectors.joining("\n"))
                    + (changes.size() > SHOWN ? "\n… and " + (changes.size() - SHOWN) + " more" : ""));
        }
    }

    @Test
    void a_type_is_written_down_with_all_that_its_users_can_reach() {
        assertThat(ApiType.lines(Sample.class))
                .containsExactly(
                        "public abstract class io.gantry.rules.Sample<T extends Number> : io.gantry.rules.SampleBase, "
                                + "Comparable<T>",
                        "    @Deprecated public static final int OLD",
                        "    protected Sample()",
                        "    protected abstract <E extends Exception> List<? extends T> take(E, String...) throws E",
                        "    public String inherited(int[])");
        assertThat(ApiType.lines(Sample.Kind.class)).isEmpty();
        assertThat(ApiType.lines(SampleBase.class)).isEmpty();
    }

    @Test
    void what_was_removed_and_what_was_added_is_named_under_its_type() {
        List<String> before = List.of("class A", "    void a()", "    void b()", "class B", "    void a()");
        List<String> after = List.of("class A", "    void a()", "    void c()", "class B");
        assertThat(changes(before, after))
                .containsExactly("- class A: void b()", "- class B: void a()", "+ class A: void c()");
        assertThat(changes(before, before)).isEmpty();
    }

    private static List<String> changes(List<String> before, List<String> after) {
        Set<String> old = qualified(before);
        Set<String> now = qualified(after);
        return Stream.concat(
                        old.stream().filter(line -> !now.contains(line)).map(line -> "- " + line),
                        now.stream().filter(line -> !old.contains(line)).map(line -> "+ " + line))
                .toList();
    }

    private static Set<String> qualified(List<String> lines) {
        Set<String> qualified = new LinkedHashSet<>();
        String type = "";
        for (String line : lines) {
            boolean member = line.startsWith(" ");
            type = member ? type : line;
            qualified.add(member ? type + ": " + line.strip() : line);
        }
        return qualified;
    }

    /** All modules of Gantry on the class path, be they folders of classes or jars. */
    private static Map<String, List<String>> modules() throws IOException {
        Map<String, List<String>> modules = new TreeMap<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("gantry") && !entry.endsWith("classes")) {
                continue;
            }
            for (ModuleReference module : ModuleFinder.of(Path.of(entry)).findAll()) {
                if (module.descriptor().name().startsWith("io.gantry.")) {
                    modules.put(module.descriptor().name(), PublicApi.of(module, classes(module)));
                }
            }
        }
        return modules;
    }

    private static Set<String> classes(ModuleReference module) throws IOException {
        try (ModuleReader reader = module.open();
                Stream<String> names = reader.list()) {
            return names.filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .collect(Collectors.toSet());
        }
    }
}
