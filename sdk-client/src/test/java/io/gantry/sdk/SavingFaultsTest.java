// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.zip;
import static io.gantry.sdk.FaultCase.named;
import static io.gantry.sdk.Pieces.FILE;
import static io.gantry.sdk.Pieces.half;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault table, sixth part: what may go wrong when downloaded files are named and saved. */
class SavingFaultsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"names", "disks"})
    void ends_in_the_right_result(FaultCase fault) throws Exception {
        fault.run(directory);
    }

    static Stream<FaultCase> names() {
        return Stream.of(
                named("the same file twice")
                        .answers(bench -> List.of(
                                created(), job("closed", bench.file("a.zip"), bench.file("a.zip")), zip(), zip()))
                        .resulting(names("a.zip", "a-2.zip")),
                named("a file that is there already is kept")
                        .answers(bench -> List.of(created(), job("closed", bench.file("a.zip")), zip()))
                        .calling((client, directory) -> {
                            write(directory.resolve("a.zip"));
                            ExportResult result =
                                    client.impex().exp(Bench.someExport().into(directory));
                            assertThat(directory.resolve("a.zip")).hasContent("in the way");
                            delete(directory.resolve("a.zip"));
                            return result;
                        })
                        .resulting(names("a-2.zip")),
                called("a name with folders in it", "attachment; filename=\"../../etc/passwd\"", "passwd"),
                called(
                        "a name in another script",
                        "attachment; filename*=UTF-8''%C3%BCber.zip; filename=u.zip",
                        "über.zip"),
                called("a name that is too long for a file system", longName("フ"), "フ".repeat(76) + ".zip"),
                named("a name in an address that is not quite encoded")
                        .answers(bench ->
                                List.of(created(), job("closed", bench.file("my service[0.1.0].zip?a=b|c")), zip()))
                        .resulting(names("my service[0.1.0].zip"))
                        .seen(bench -> {
                            bench.request();
                            bench.request();
                            assertThat(bench.request().getTarget())
                                    .isEqualTo("/files/my%20service%5B0.1.0%5D.zip?a=b%7Cc");
                        }),
                called("a hidden name", "attachment; filename=\".profile\"", "profile"),
                called("a name of nothing but dots", "attachment; filename=\"..\"", "a.zip"),
                called("a name that the file system refuses", "attachment; filename=\"a:b|c.zip\"", "a_b_c.zip"),
                called("a quoted name with quotes", "attachment; filename=\"a\\\"b.zip\"", "a_b.zip"),
                named("an address without a name")
                        .answers(bench -> List.of(created(), job("closed", bench.file("8d3f?sig=x")), zip()))
                        .resulting(names("job-1-1.zip")));
    }

    static Stream<FaultCase> disks() {
        return Stream.of(
                named("a directory that is a file")
                        .answers(bench -> List.of(created(), job("closed", bench.file("a.zip")), zip()))
                        .calling((client, directory) -> {
                            Path file = directory.resolveSibling(directory.getFileName() + "-file");
                            write(file);
                            try {
                                return client.impex().exp(Bench.someExport().into(file));
                            } finally {
                                delete(file);
                            }
                        })
                        .fails(ErrorCode.TARGET_UNWRITABLE)
                        .requests(0)
                        .failing(failure -> assertThat(failure.jobId()).isEmpty()),
                named("a file that disappears before it gets its name")
                        .answers(bench -> List.of(created(), job("closed", bench.file("a.zip")), zip()))
                        .calling((client, directory) -> client.impex()
                                .exp(Bench.someExport().into(directory).listener(new ImpexListener() {
                                    @Override
                                    public void onRequest(RequestEvent event) {
                                        Bench.in(directory).forEach(SavingFaultsTest::delete);
                                    }
                                })))
                        .fails(ErrorCode.TARGET_UNWRITABLE)
                        .failing(failure -> assertThat(failure).hasMessageContaining("a.zip")),
                named("a directory that disappears during the download")
                        .answers(bench -> List.of(created(), job("closed", bench.file("a.zip")), half(), zip(FILE)))
                        .calling((client, directory) -> {
                            Path target = directory.resolve("inner");
                            ImpexListener remover = new ImpexListener() {
                                @Override
                                public void onRequest(RequestEvent event) {
                                    if (event.failure().isPresent()) {
                                        Bench.in(target).forEach(SavingFaultsTest::delete);
                                        delete(target);
                                    }
                                }
                            };
                            return client.impex()
                                    .exp(Bench.someExport().into(target).listener(remover));
                        })
                        .fails(ErrorCode.TARGET_UNWRITABLE));
    }

    private static FaultCase called(String name, String disposition, String expected) {
        return named(name)
                .answers(bench -> List.of(
                        created(),
                        job("closed", bench.file("a.zip")),
                        new MockResponse.Builder()
                                .addHeaderLenient("Content-Disposition", disposition)
                                .body("PK")
                                .build()))
                .resulting(names(expected));
    }

    private static String longName(String letter) {
        return "attachment; filename*=UTF-8''" + URLEncoder.encode(letter.repeat(200), StandardCharsets.UTF_8) + ".zip";
    }

    private static Consumer<Object> names(String... expected) {
        return result -> assertThat(((ExportResult) result).files())
                .extracting(ExportedFile::name)
                .containsExactly(expected);
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "in the way");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
