// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.pipeline.Pipeline;
import io.gantry.run.RunListener;
import io.gantry.run.RunMode;
import io.gantry.run.RunSettings;
import io.gantry.run.loop.RunContext;
import io.gantry.spi.Cancellation;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.file.FileStore;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.records.RecordFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one run is told and uses. */
final class WorkContext implements RunContext {

    private final Engine engine;
    private final String tenant;
    private final RunState state;
    private final Pipeline pipeline;
    private final Dataset dataset;
    private final @Nullable StoredFile file;
    private final Cancellation cancellation;
    private final @Nullable BitSet correction;

    WorkContext(
            Engine engine,
            String tenant,
            RunState state,
            Pipeline pipeline,
            Dataset dataset,
            @Nullable StoredFile file,
            Cancellation cancellation,
            @Nullable BitSet correction) {
        this.engine = engine;
        this.tenant = tenant;
        this.state = state;
        this.pipeline = pipeline;
        this.dataset = dataset;
        this.file = file;
        this.cancellation = cancellation;
        this.correction = correction;
    }

    /** The numbers of the rows that a run rejected. */
    static BitSet rejectedRows(Engine engine, String tenant, RunState corrected) throws IOException {
        RunState.Result result = corrected.result();
        String ref = result == null ? null : result.rejectedRows();
        if (ref == null) {
            return new BitSet();
        }
        StoredFile file = engine.files()
                .find(tenant, ref)
                .orElseThrow(() -> new GantryException(
                        ErrorCode.FILE_NOT_FOUND, "The numbers of the rows rejected by the corrected run are gone"));
        try (InputStream in = file.open()) {
            return BitSet.valueOf(ByteBuffer.wrap(in.readAllBytes()).asLongBuffer());
        }
    }

    @Override
    public String run() {
        return state.id();
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String tenant() {
        return tenant;
    }

    @Override
    public Instant time() {
        return Objects.requireNonNull(state.startedAt());
    }

    @Override
    public boolean preview() {
        return state.order().mode() == RunMode.PREVIEW;
    }

    @Override
    public StoredFile file() {
        return Objects.requireNonNull(file);
    }

    @Override
    public RecordFormat format() {
        return engine.format(pipeline.format().name());
    }

    @Override
    public RunSettings settings() {
        return state.order().settings();
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public FileStore files() {
        return engine.files();
    }

    @Override
    public Function<String, Optional<Dataset>> datasets() {
        return name -> engine.datasets().apply(tenant, name);
    }

    @Override
    public @Nullable BitSet correction() {
        return correction;
    }

    @Override
    public @Nullable String correctionOf() {
        return state.order().correctionOf();
    }

    @Override
    public void beforeApply() {
        String expected = state.order().expectedMark();
        if (expected == null) {
            return;
        }
        if (!pipeline.contentHash().equals(state.order().contentHash())) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE,
                    "Pipeline '" + pipeline.code() + "' was changed since the plan was made; preview again");
        }
        if (dataset instanceof MarkedDataset marked && !marked.mark().equals(expected)) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE,
                    "Dataset '" + dataset.name() + "' was changed since the plan was made; preview again");
        }
    }

    @Override
    public void progress(RunListener.Stage stage, long bytes, long rows, long rejected) {
        if (engine.listeners().isEmpty()) {
            return;
        }
        long total = file == null ? 0 : file.length();
        RunListener.Progress progress =
                new RunListener.Progress(tenant, state.id(), pipeline.code(), stage, bytes, total, rows, rejected);
        for (RunListener listener : engine.listeners()) {
            RunWorker.guarded(() -> listener.progressed(progress));
        }
    }

    @Override
    public void checkCancelled() {
        if (cancellation.requested()) {
            throw RunWorker.cancelled();
        }
    }
}
