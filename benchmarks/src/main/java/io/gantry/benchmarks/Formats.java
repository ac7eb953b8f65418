// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextReadableFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** The engine's file formats as the engine itself finds them: as services. */
public final class Formats {

    /** What the engine would find out about the sample file by itself. */
    public static final FormatOptions SAMPLE_CSV =
            FormatOptions.NONE.with("delimiter", ",").with("quote", "\"").with("encoding", "UTF-8");

    private Formats() {}

    /**
     * Finds a format.
     *
     * @param name {@code csv} or {@code xlsx}
     * @return the format
     */
    public static RecordFormat named(String name) {
        return ServiceLoader.load(RecordFormat.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Opens a file.
     *
     * @param format {@code csv} or {@code xlsx}
     * @param file where it lies
     * @return to be closed
     * @throws IOException when it cannot be read
     */
    public static RecordReader open(String format, Path file) throws IOException {
        FormatOptions options = format.equals("csv") ? SAMPLE_CSV : FormatOptions.NONE;
        return ((TextReadableFormat) named(format)).reader(new LocalContent(file), options, Limits.DEFAULT);
    }

    private record LocalContent(Path file) implements FileContent {
        @Override
        public String name() {
            return String.valueOf(file.getFileName());
        }

        @Override
        public long length() {
            return file.toFile().length();
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public Optional<Path> path() {
            return Optional.of(file);
        }
    }
}
