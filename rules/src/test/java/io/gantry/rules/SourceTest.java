// SPDX-License-Identifier: Apache-2.0
package io.gantry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks at the main sources of all modules as text. */
class SourceTest {

    /** Texts, characters, comments, and the lines that are made of full names. */
    private static final Pattern NO_CODE = Pattern.compile(
            "\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'|/\\*[\\s\\S]*?\\*/|//[^\\n]*"
                    + "|^(?:import|package) [^\\n]*",
            Pattern.MULTILINE);

    private static final Pattern FULL_NAME =
            Pattern.compile("\\b(?:java|javax|jakarta|org|com|io)(?:\\.[a-z_][a-z0-9_]*)+\\.([A-Z]\\w*)");

    @Test
    void code_names_classes_by_imports() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            fullNames(text).forEach(name -> found.add(source.getFileName() + ": " + name));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void a_full_name_is_found_in_code_and_only_there() {
        assertThat(fullNames("""
                package java.a.B;
                import java.util.List;
                // java.util.Set
                /** {@link java.util.Map} */
                String s = "java.util.Map" + '"' + java.util.Arrays.asList(1);
                """)).containsExactly("java.util.Arrays");
    }

    @Test
    void a_full_name_is_right_where_the_short_one_means_something_else() {
        assertThat(fullNames("import java.sql.Date;\njava.util.Date date;\njava.util.List<Date> dates;"))
                .containsExactly("java.util.List");
    }

    private static List<String> fullNames(String text) {
        Matcher matcher = FULL_NAME.matcher(NO_CODE.matcher(text).replaceAll(" "));
        return matcher.results()
                .filter(name -> !isTaken(name.group(1), name.group(), text))
                .map(MatchResult::group)
                .toList();
    }

    private static boolean isTaken(String simple, String full, String text) {
        return Pattern.compile("^import (?!" + Pattern.quote(full) + ";)[\\w.]+\\." + simple + ";", Pattern.MULTILINE)
                        .matcher(text)
                        .find()
                || Pattern.compile("\\b(?:class|record|interface|enum) " + simple + "\\b")
                        .matcher(text)
                        .find();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .filter(file -> file.toString()
                            .contains("src" + file.getFileSystem().getSeparator() + "main"))
                    .filter(file -> !file.toString().contains("target"))
                    .collect(Collectors.toList());
            assertThat(sources).hasSizeGreaterThan(400);
            return sources;
        }
    }
}
