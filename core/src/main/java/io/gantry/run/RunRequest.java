// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import io.gantry.spi.file.FileContent;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What to run. Made by one of the factories, and narrowed by the methods that return a copy.
 *
 * @param pipeline its code or id
 * @param version which version to preview; null for the current one, the only one that is ever loaded
 * @param fileRef the ref of a file that was stored before; null when the content comes along
 * @param content a file to store first; null when a ref is given, or for an export
 * @param correctionOf the id of the run whose rejected rows this file mends; null for none
 * @param parameters values of the pipeline's parameters, in ISO notation
 * @param idempotencyKey a second request with the same key gives the run of the first; null for none
 * @param force whether neither another run of the pipeline nor its having loaded the same file before is an obstacle;
 *     everything else still is
 * @param settings how to carry it out
 */
public record RunRequest(
        @NotBlank String pipeline,
        @Nullable String version,
        @Nullable String fileRef,
        @Nullable FileContent content,
        @Nullable String correctionOf,
        Map<String, String> parameters,
        @Nullable @Size(min = 1, max = 200) String idempotencyKey,
        boolean force,
        RunSettings settings) {

    public RunRequest {
        parameters = Map.copyOf(parameters);
    }

    /**
     * A run of an export.
     *
     * @param pipeline its code or id
     * @return the request
     */
    public static RunRequest of(String pipeline) {
        return new RunRequest(pipeline, null, null, null, null, Map.of(), null, false, RunSettings.DEFAULT);
    }

    /**
     * A run of an import with a file of this machine, of which the engine stores a copy.
     *
     * @param pipeline its code or id
     * @param file where it lies
     * @return the request
     */
    public static RunRequest of(String pipeline, Path file) {
        return of(pipeline, new LocalFile(file));
    }

    /**
     * A run of an import with a content of which the engine stores a copy.
     *
     * @param pipeline its code or id
     * @param content opened once
     * @return the request
     */
    public static RunRequest of(String pipeline, FileContent content) {
        return new RunRequest(pipeline, null, null, content, null, Map.of(), null, false, RunSettings.DEFAULT);
    }

    /**
     * A run of an import with a file that was stored before.
     *
     * @param pipeline its code or id
     * @param fileRef its ref
     * @return the request
     */
    public static RunRequest ofStored(String pipeline, String fileRef) {
        return new RunRequest(pipeline, null, fileRef, null, null, Map.of(), null, false, RunSettings.DEFAULT);
    }

    /**
     * The same request as the correction of a run: the file holds its rejected rows, mended, or is the whole file with them
     * mended. Rows that the run has loaded are recognised and skipped.
     *
     * @param run its id
     * @return a copy
     */
    public RunRequest correctionOf(String run) {
        return new RunRequest(pipeline, version, fileRef, content, run, parameters, idempotencyKey, force, settings);
    }

    /**
     * The same request for a certain version, to preview a draft.
     *
     * @param version such as {@code 1.1.0}
     * @return a copy
     */
    public RunRequest version(String version) {
        return new RunRequest(
                pipeline, version, fileRef, content, correctionOf, parameters, idempotencyKey, force, settings);
    }

    /**
     * The same request with one more parameter.
     *
     * @param name declared by the pipeline
     * @param value in ISO notation
     * @return a copy
     */
    public RunRequest parameter(String name, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(name, value);
        return new RunRequest(pipeline, version, fileRef, content, correctionOf, more, idempotencyKey, force, settings);
    }

    /**
     * The same request with a key: however often it is submitted, there is one run.
     *
     * @param key chosen by the caller, 1 to 200 characters
     * @return a copy
     */
    public RunRequest idempotencyKey(String key) {
        return new RunRequest(pipeline, version, fileRef, content, correctionOf, parameters, key, force, settings);
    }

    /**
     * The same request, which neither another run of the pipeline nor its having loaded the same file before stops.
     *
     * @return a copy
     */
    public RunRequest forced() {
        return new RunRequest(
                pipeline, version, fileRef, content, correctionOf, parameters, idempotencyKey, true, settings);
    }

    /**
     * The same request with other settings.
     *
     * @param settings how to carry it out
     * @return a copy
     */
    public RunRequest settings(RunSettings settings) {
        return new RunRequest(
                pipeline, version, fileRef, content, correctionOf, parameters, idempotencyKey, force, settings);
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
