// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.engine.Leases.Held;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.run.CrashPoint;
import io.gantry.run.RunListener;
import io.gantry.run.RunSettings;
import io.gantry.run.loop.RunContext;
import io.gantry.spi.Cancellation;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.file.FileStore;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.records.RecordFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one run is told and uses. */
final class WorkContext implements RunContext {

    private final Engine engine;
    private final Held held;
    private final RunState state;
    private final PipelineVersion pipeline;
    private final @Nullable StoredFile file;
    private final @Nullable BitSet correction;
    private final AttemptFiles files;
    private final RunMemory memory;

    WorkContext(
            Engine engine,
            Held held,
            RunState state,
            PipelineVersion pipeline,
            @Nullable StoredFile file,
            @Nullable BitSet correction,
            AttemptFiles files) {
        this.engine = engine;
        this.held = held;
        this.state = state;
        this.pipeline = pipeline;
        this.file = file;
        this.correction = correction;
        this.files = files;
        this.memory = RunMemory.of(engine, held.ticket.tenant(), state.order().pipelineId());
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
        return state.attempt();
    }

    @Override
    public String tenant() {
        return held.ticket.tenant();
    }

    @Override
    public Instant time() {
        return Objects.requireNonNull(state.startedAt());
    }

    @Override
    public boolean preview() {
        return state.isPreview();
    }

    @Override
    public @Nullable StoredFile file() {
        return file;
    }

    @Override
    public Function<String, RecordFormat> formats() {
        return engine::format;
    }

    @Override
    public RunSettings settings() {
        return state.order().settings();
    }

    @Override
    public Cancellation cancellation() {
        return held.toggle;
    }

    @Override
    public @Nullable String expectedMark() {
        return state.order().expectedMark();
    }

    @Override
    public FileStore files() {
        return files;
    }

    @Override
    public Function<String, Optional<Dataset>> datasets() {
        return name -> engine.datasets().apply(tenant(), name);
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
    public List<String> lastHeader() {
        return memory.header();
    }

    @Override
    public @Nullable String highWater() {
        return memory.mark();
    }

    /** Has the run's document say what the run comes to, and so name its files. Fails when it was cancelled or taken over. */
    void keep(RunState.Result prepared) {
        Ticket taken = held.ticket;
        engine.journal().commit(taken.tenant(), draft -> {
            Optional<Ticket> ticket = Ticket.find(engine, taken.id()).filter(found -> found.isHeldLike(taken));
            if (ticket.isEmpty()) {
                held.lose();
            } else if (ticket.get().cancelledBy() != null) {
                held.toggle.request();
            } else {
                // the ticket as well, so that no cancellation is overlooked that is committed meanwhile
                draft.replace(ticket.get()
                                .renewed(engine.clock().instant().plus(engine.lease()))
                                .document())
                        .replace(RunBook.state(engine, taken.tenant(), taken.run())
                                .prepared(prepared)
                                .document(taken.tenant()));
            }
            return prepared;
        });
        checkCancelled();
        files.keepOnly(prepared); // what an earlier attempt had prepared is replaced
    }

    @Override
    public void reached(CrashPoint point) {
        engine.crashPoints().accept(point);
    }

    @Override
    public void progress(RunListener.Stage stage, long bytes, long rows, long rejected) {
        if (engine.listeners().isEmpty()) {
            return;
        }
        RunListener.Progress progress = new RunListener.Progress(
                tenant(), state.id(), pipeline.code(), stage, bytes, totalBytes(), rows, rejected);
        for (RunListener listener : engine.listeners()) {
            RunWorker.guarded(() -> listener.progressed(progress));
        }
    }

    @Override
    public void checkCancelled() {
        if (held.toggle.requested()) {
            throw RunWorker.cancelled();
        }
    }
}
