// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import io.gantry.spi.file.FileContent;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param pipeline its code or id
 * @param fileRef the ref of a file that was stored before; null when the content comes along
 * @param content a file to store first; null when a ref is given, or for an export
 * @param correctionOf the id of the run whose rejected rows this file mends; null for none
 * @param settings how to carry it out
 */
public record RunRequest(
        @NotBlank String pipeline,
        @Nullable String fileRef,
        @Nullable FileContent content,
        @Nullable String correctionOf,
        RunSettings settings) {

    /**
     * A run of an export.
     *
     * @param pipeline its code or id
     * @return the request
     */
    public static RunRequest of(String pipeline) {
        return new RunRequest(pipeline, null, null, null, RunSettings.DEFAULT);
    }

    /**
     * A run of an import with a file of this machine, of which the engine stores a copy.
     *
     * @param pipeline its code or id
     * @param file where it lies
     * @return the request
     */
    public static RunRequest of(String pipeline, Path file) {
        return new RunRequest(pipeline, null, new LocalFile(file), null, RunSettings.DEFAULT);
    }

    /**
     * A run of an import with a file that was stored before.
     *
     * @param pipeline its code or id
     * @param fileRef its ref
     * @return the request
     */
    public static RunRequest ofStored(String pipeline, String fileRef) {
        return new RunRequest(pipeline, fileRef, null, null, RunSettings.DEFAULT);
    }

    /**
     * The same request as the correction of a run: the file holds its rejected rows, mended, or is the whole file with them
     * mended. Rows that the run has loaded are recognised and skipped.
     *
     * @param run its id
     * @return a copy
     */
    public RunRequest correctionOf(String run) {
        return new RunRequest(pipeline, fileRef, content, run, settings);
    }

    /**
     * The same request with other settings.
     *
     * @param settings how to carry it out
     * @return a copy
     */
    public RunRequest settings(RunSettings settings) {
        return new RunRequest(pipeline, fileRef, content, correctionOf, settings);
    }

    private record LocalFile(Path file) implements FileContent {
        @Override
        public String name() {
            Path name = file.getFileName();
            return name == null ? "file" : name.toString();
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
