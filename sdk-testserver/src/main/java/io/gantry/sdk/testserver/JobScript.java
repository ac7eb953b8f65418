// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a job goes. Immutable: each method gives a changed copy. */
public final class JobScript {
    private static final JobScript GOOD = new JobScript();

    private int checks;
    private String status = "closed";
    private List<Object> errors = List.of();
    private List<Object> warnings = List.of();
    private Map<String, byte[]> files = Map.of();
    private boolean announcesHashes = true;
    private @Nullable Duration retryAfter;
    private Map<String, Object> fields = Map.of();

    private JobScript() {}

    /**
     * {@return a job that is closed at the first check, without errors} An export has one small package, an import
     * reports every service of its request as added.
     */
    public static JobScript succeeding() {
        return GOOD;
    }

    /**
     * {@return a job that is closed with errors}
     *
     * @param messages the errors; each becomes an object with {@code message}
     */
    public static JobScript failing(String... messages) {
        return GOOD.errors(messages);
    }

    /** {@return a job that never ends} */
    public static JobScript neverEnding() {
        return GOOD.after(Integer.MAX_VALUE);
    }

    /**
     * {@return the same, but still {@code in_progress} for a while}
     *
     * @param unfinishedChecks how many status checks find it running
     */
    public JobScript after(int unfinishedChecks) {
        return changed(copy -> copy.checks = unfinishedChecks);
    }

    /**
     * {@return the same, ending in another status}
     *
     * @param word such as {@code completed}, {@code failed} or a word that no client knows
     */
    public JobScript status(String word) {
        return changed(copy -> copy.status = word);
    }

    /**
     * {@return the same with errors}
     *
     * @param messages each becomes an object with {@code message}
     */
    public JobScript errors(String... messages) {
        return changed(copy -> copy.errors = objects(messages));
    }

    /**
     * {@return the same with warnings}
     *
     * @param messages each becomes an object with {@code message}
     */
    public JobScript warnings(String... messages) {
        return changed(copy -> copy.warnings = objects(messages));
    }

    /**
     * {@return the same with one more file to download, instead of the small package}
     *
     * @param name the file's name
     * @param content its bytes; not to be changed afterwards
     */
    public JobScript file(String name, byte[] content) {
        return changed(copy -> {
            Map<String, byte[]> more = new LinkedHashMap<>(files);
            more.put(name, content);
            copy.files = Collections.unmodifiableMap(more);
        });
    }

    /** {@return the same, announcing no hashes of its files} */
    public JobScript withoutHashes() {
        return changed(copy -> copy.announcesHashes = false);
    }

    /**
     * {@return the same, asking for pauses between status checks}
     *
     * @param pause sent as {@code x-retry-after}, and in whole seconds as {@code Retry-After}
     */
    public JobScript retryAfter(Duration pause) {
        return changed(copy -> copy.retryAfter = pause);
    }

    /**
     * {@return the same with a field of the document set last, whatever the server would have put there}
     *
     * @param name the field
     * @param value maps, lists, texts, numbers, booleans
     */
    public JobScript field(String name, Object value) {
        return changed(copy -> {
            Map<String, Object> more = new LinkedHashMap<>(fields);
            more.put(name, value);
            copy.fields = Collections.unmodifiableMap(more);
        });
    }

    int unfinishedChecks() {
        return checks;
    }

    String finalStatus() {
        return status;
    }

    List<Object> errors() {
        return errors;
    }

    List<Object> warnings() {
        return warnings;
    }

    Map<String, byte[]> files() {
        return files;
    }

    boolean announcesHashes() {
        return announcesHashes;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    Map<String, Object> fields() {
        return fields;
    }

    private JobScript changed(Consumer<JobScript> change) {
        JobScript copy = new JobScript();
        copy.checks = checks;
        copy.status = status;
        copy.errors = errors;
        copy.warnings = warnings;
        copy.files = files;
        copy.announcesHashes = announcesHashes;
        copy.retryAfter = retryAfter;
        copy.fields = fields;
        change.accept(copy);
        return copy;
    }

    private static List<Object> objects(String... messages) {
        List<Object> objects = new ArrayList<>();
        for (String message : messages) {
            objects.add(Map.of("message", message));
        }
        return List.copyOf(objects);
    }
}
