// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.pipeline.Endpoint;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.spi.dataset.Dataset;
import io.gantry.validation.Counts;
import java.io.IOException;
import java.util.Optional;

/**
 * Carries out the rows of one run: from the endpoint that its pipeline reads, through the stages that its mapping asks for, to the
 * endpoint that it loads or writes. Used by one thread.
 */
public abstract sealed class Flow permits LoadFlow, WriteFlow {

    final RunContext context;
    final PipelineVersion pipeline;
    final TaskClock clock = new TaskClock();

    Flow(RunContext context, PipelineVersion pipeline) {
        this.context = context;
        this.pipeline = pipeline;
    }

    /**
     * Makes the flow of a run.
     *
     * @param context what the run is given and uses
     * @param pipeline what to do, parameters filled in
     * @return nothing is read yet
     * @throws GantryException when an endpoint is not there, or cannot do what it should
     */
    public static Flow of(RunContext context, PipelineVersion pipeline) {
        return pipeline.to() instanceof Endpoint.Dataset to
                ? new LoadFlow(context, pipeline, dataset(context, to.dataset()))
                : new WriteFlow(context, pipeline);
    }

    static Dataset dataset(RunContext context, String name) {
        return context.datasets()
                .apply(name)
                .orElseThrow(() -> new GantryException(
                        ErrorCode.DATASET_NOT_FOUND, "The pipeline's dataset '" + name + "' is not there any more"));
    }

    static void closeAfter(Output output, Throwable failure) {
        try {
            output.close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Reads, checks and stages all rows, and stores the report and the files.
     *
     * @return to be applied or only closed by the caller
     * @throws GantryException when it fails before all rows were read
     * @throws IOException when a file cannot be read or written
     * @throws InterruptedException when the thread is interrupted
     */
    public abstract Prepared prepare() throws IOException, InterruptedException;

    /**
     * The dataset that is loaded.
     *
     * @return empty when the rows go elsewhere
     */
    public abstract Optional<Dataset> target();

    /**
     * The counts so far, all good rows being skipped: those of a run that ends before its time.
     *
     * @return they add up
     */
    public abstract Counts countsSoFar();

    /**
     * The tasks so far.
     *
     * @return with their times
     */
    public final TaskClock tasks() {
        return clock;
    }
}
