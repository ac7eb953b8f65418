// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.pipeline.Endpoint;
import io.gantry.pipeline.Impact;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.run.RunStatus;
import io.gantry.run.loop.Replay;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.schema.Schema;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads files that a pipeline has loaded once more, with its live version and its draft side by side. */
final class Replays {

    private static final int MOST_FILES = 100;

    private final Engine engine;
    private final Principal principal;

    Replays(Engine engine, Principal principal) {
        this.engine = engine;
        this.principal = principal;
    }

    Impact replay(Pipeline pipeline, int files) {
        if (files < 1 || files > MOST_FILES) {
            throw new IllegalArgumentException("A replay reads 1 to " + MOST_FILES + " files, not " + files);
        }
        PipelineVersion draft = pipeline.draft();
        boolean loadsFiles = pipeline.current().from() instanceof Endpoint.File;
        if (!loadsFiles || draft == null) {
            throw new GantryException(
                    ErrorCode.ILLEGAL_STATE,
                    "Pipeline '" + pipeline.code()
                            + "' has nothing to compare: a replay takes a pipeline that reads files"
                            + " and has a live version and a draft");
        }
        PipelineVersion live = pipeline.current();
        Schema schema = Providers.call(engine.dataset(principal.tenant(), PipelineDocuments.loaded(live))::schema);
        Replay replay = new Replay(live, draft, schema, engine.format(format(live)), engine.format(format(draft)));
        try {
            Set<String> seen = new HashSet<>();
            for (RunState run : loads(pipeline)) {
                RunState.InputFile input = run.order().file();
                if (input == null || !seen.add(input.sha256())) {
                    continue;
                }
                Optional<StoredFile> file = engine.files().find(principal.tenant(), input.ref());
                if (file.isPresent()) {
                    replay.read(run.id(), file.get(), run.order().settings().limits());
                }
                if (seen.size() == files) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GantryException(ErrorCode.CANCELLED, "The replay was interrupted");
        } catch (ProviderException e) {
            throw GantryException.of(e);
        } catch (IOException e) {
            throw new GantryException(ErrorCode.STORAGE_FAILED, "A stored file could not be read", Map.of(), e);
        }
        return replay.impact();
    }

    private static String format(PipelineVersion version) {
        return version.definition().format().orElseThrow().name();
    }

    /** The latest runs that loaded a whole file. */
    private List<RunState> loads(Pipeline pipeline) {
        return engine
                .documents()
                .query(RunState.ofPipeline(
                        DocumentQuery.of(principal.tenant(), RunState.KIND.name())
                                .where(
                                        "status",
                                        Operator.IN,
                                        List.of(RunStatus.SUCCEEDED.name(), RunStatus.PARTIAL.name())),
                        pipeline.id(),
                        null,
                        null))
                .documents()
                .stream()
                .map(RunState::of)
                .filter(run -> !run.isPreview() && run.order().correctionOf() == null)
                .toList();
    }
}
