// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles every piece of Java in the read-me of the SDK client. */
class SdkReadMeTest {
    private static final String BEFORE = """
            import static org.assertj.core.api.Assertions.assertThat;
            import io.gantry.sdk.*;
            import io.gantry.sdk.testserver.*;
            import java.io.InputStream;
            import java.net.*;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.CompletableFuture;
            class Piece {
                ExportResult run(ImpexClient client, ExportRequest request, byte[] bytes, String... args) throws Exception {
            """;

    @TempDir
    private Path directory;

    @Test
    void every_piece_compiles() throws IOException {
        String readMe = Files.readString(Path.of("../sdk-client/README.md"));
        List<String> pieces = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(readMe)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(pieces).hasSizeGreaterThan(10);
        for (String piece : pieces) {
            assertThat(errors(piece)).as(piece).isEmpty();
        }
    }

    private String errors(String piece) {
        // The first piece has a client of its own, and those that return need no other result.
        String body = piece.contains("ImpexClient client") ? piece.replace("client", "mine") : piece;
        String after = piece.contains("return ") ? "}}" : "return null;}}";
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Piece.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return BEFORE + body + after;
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path"));
        compiler.getTask(errors, null, null, options, null, List.of(source)).call();
        return errors.toString();
    }
}
