// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** The shape of the public API: small, closed, and made of nothing but itself and the JDK. */
class ApiTest {
    /** As many types as a Javadoc index shows on one screen. */
    private static final int SCREEN = 36;

    @Test
    void the_index_of_the_public_types_fits_on_a_screen() {
        assertThat(publicTypes()).hasSizeLessThanOrEqualTo(SCREEN).contains(ImpexClient.class, Impex.class);
    }

    @Test
    void public_types_are_closed_to_extension_save_the_listener() {
        assertThat(publicTypes())
                .allMatch(type -> Modifier.isFinal(type.getModifiers())
                        || type.isSealed()
                        || type.isEnum()
                        || type == ImpexListener.class);
    }

    @Test
    void public_signatures_name_only_public_types_and_of_other_libraries_only_the_http_client() {
        List<Class<?>> named = publicTypes().stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .flatMap(ApiTest::types)
                .distinct()
                .filter(type -> !type.isPrimitive() && !type.getName().startsWith("java."))
                .toList();
        assertThat(named)
                .allMatch(type -> publicTypes().contains(type) || type == OkHttpClient.class || type.isArray());
    }

    @Test
    void exceptions_survive_serialization_with_their_code() throws Exception {
        ImpexException thrown = catchThrowableOfType(ImpexException.class, () -> ServiceUri.parse("a/b/c"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(thrown);
        ImpexException read =
                (ImpexException) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(read.code()).isEqualTo(ErrorCode.INVALID_SERVICE_URI);
        assertThat(read).hasMessage(thrown.getMessage());
        assertThat(read.jobId()).isEmpty();
        assertThat(read.serverMessages()).isEmpty();
    }

    @Test
    void the_module_opens_one_package_and_needs_three_libraries() throws Exception {
        Path classes = Path.of(ImpexClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleDescriptor module =
                ModuleFinder.of(classes).find("io.gantry.sdk").orElseThrow().descriptor();
        assertThat(module.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactly("io.gantry.sdk");
        assertThat(module.opens()).isEmpty();
        assertThat(module.requires())
                .filteredOn(needed -> !needed.modifiers().contains(Requires.Modifier.STATIC))
                .extracting(Requires::name)
                .containsExactlyInAnyOrder("java.base", "okhttp3", "com.fasterxml.jackson.databind", "org.slf4j");
    }

    @Test
    void the_read_me_explains_every_error_code_and_names_no_other() throws IOException {
        String text = Files.readString(Path.of("README.md"));
        String table = text.substring(text.indexOf("## Errors"), text.indexOf("## Testing your own code"));
        Set<String> explained = Pattern.compile("`([A-Z][A-Z_]+)`")
                .matcher(table)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ErrorCode.values()).map(Enum::name).toList());
    }

    static List<Class<?>> publicTypes() {
        try {
            Path classes = Path.of(ImpexClient.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.list(classes.resolve("io/gantry/sdk"))) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                        .<Class<?>>map(name -> load("io.gantry.sdk." + name.replace(".class", "")))
                        .filter(type -> Modifier.isPublic(type.getModifiers()))
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Class<?>> types(Method method) {
        return Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()));
    }
}
