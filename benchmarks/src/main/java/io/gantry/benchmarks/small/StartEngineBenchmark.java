// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.small;

import io.gantry.Gantry;
import io.gantry.Principal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Starts an engine in a process that has never had one: with all classes to load and nothing compiled. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(10)
public class StartEngineBenchmark {

    @Benchmark
    public List<String> start() {
        try (Gantry gantry = Gantry.builder().dataset(TenRowsBenchmark.people()).build()) {
            return gantry.workspace(Principal.owner("acme", "ada")).datasets();
        }
    }
}
