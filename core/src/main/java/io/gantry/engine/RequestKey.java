// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.engine.RunState.InputFile;
import io.gantry.run.RunMode;
import io.gantry.run.RunRequest;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency key of a request: whatever has become of the pipeline meanwhile, a request that was carried out before gives
 * the run of then.
 *
 * @param id the hash of the key, and the id of its document
 * @param fingerprint what two requests with one key must have in common
 */
record RequestKey(String id, String fingerprint) {

    /** What the document store is told of idempotency keys. */
    static final DocumentKind KIND = new DocumentKind("idempotency_key", Map.of("used_at", DocumentKind.Type.TIME));

    /** What became of a key. */
    private record Use(String run, String fingerprint) {}

    static RequestKey of(String key, String pipeline, RunMode mode, RunRequest request, @Nullable InputFile file) {
        return new RequestKey(
                Hashes.sha256(key),
                Hashes.sha256(
                        pipeline,
                        mode.name(),
                        request.version(),
                        file == null ? null : file.sha256(),
                        request.correctionOf(),
                        Json.write(new TreeMap<>(request.parameters()))));
    }

    /** Whether a key was used, for this request or another. */
    static boolean isUsed(Engine engine, String tenant, String key) {
        return engine.documents().find(tenant, KIND.name(), Hashes.sha256(key)).isPresent();
    }

    /** The run that the request gave before, if it did. */
    Optional<RunState> earlier(Engine engine, String tenant) {
        return engine.documents().find(tenant, KIND.name(), id).map(document -> {
            Use use = Json.read(document.body(), Use.class);
            if (!use.fingerprint().equals(fingerprint)) {
                throw new GantryException(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "The idempotency key belongs to run '" + use.run() + "', which was another request",
                        Map.of("run", use.run()),
                        null);
            }
            return RunBook.state(engine, tenant, use.run());
        });
    }

    /** Remembers which run the request gives. */
    Document document(String tenant, RunState run) {
        return new Document(
                tenant,
                KIND.name(),
                id,
                1,
                Map.of("used_at", run.order().submittedAt()),
                Json.write(new Use(run.id(), fingerprint)));
    }
}
