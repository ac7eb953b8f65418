// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.springframework.batch.core.job.Job;

/** Where the figures come from, without which they say nothing. */
final class Machine {

    private Machine() {}

    static Map<String, String> description(String server) throws Exception {
        Map<String, String> description = new LinkedHashMap<>();
        description.put("processor", line("/proc/cpuinfo", "model name"));
        description.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        description.put("memory", line("/proc/meminfo", "MemTotal"));
        description.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        description.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        description.put("server", "PostgreSQL " + server);
        description.put("psql", Psql.isInstalled() ? Psql.version() : "none");
        description.put("driver", version(Driver.class));
        description.put("Spring Batch", version(Job.class));
        return description;
    }

    /** How many processes would like to run, lately: other work disturbs. */
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static String version(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("unknown");
    }

    private static String line(String file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
