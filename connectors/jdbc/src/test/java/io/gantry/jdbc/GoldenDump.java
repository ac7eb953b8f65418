// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What an engine had stored: two databases as SQL, the folder of its files, and what is expected of whoever opens it.
 *
 * @param folder where it lies; called after the kind of the databases
 */
record GoldenDump(Path folder) {

    /** Holds a folder for each layout that engines have stored. */
    static final Path ALL = Path.of("..", "..", "testdata", "documents");

    private static final String EXPECTED = "expected.json";
    private static final String FILES = "files";

    /** An engine that was opened on a copy of a dump, and what its documents were before. */
    record Opened(GoldenEngine engine, Map<String, JsonNode> bodies) implements AutoCloseable {
        @Override
        public void close() {
            engine.close();
            engine.store().close();
        }
    }

    /** All dumps there are. */
    static List<GoldenDump> all() throws IOException {
        try (Stream<Path> files = Files.walk(ALL, 3)) {
            return files.filter(file -> file.endsWith(EXPECTED))
                    .map(file -> new GoldenDump(file.resolveSibling("")))
                    .sorted((one, other) -> one.name().compareTo(other.name()))
                    .toList();
        }
    }

    String name() {
        return ALL.relativize(folder).toString();
    }

    String kind() {
        return folder.getName(folder.getNameCount() - 1).toString();
    }

    JsonNode expected(String part) throws IOException {
        return GoldenReading.parsed(Files.readString(folder.resolve(EXPECTED))).path(part);
    }

    /** Writes what is expected: a pipeline, a run or a rollback a line. */
    void expect(ObjectNode expected) throws IOException {
        StringBuilder text = new StringBuilder();
        write(expected, 4, text);
        Files.writeString(folder.resolve(EXPECTED), text.append('\n'));
    }

    private static void write(JsonNode node, int depth, StringBuilder text) {
        if (depth == 0 || !node.isContainerNode()) {
            text.append(node);
            return;
        }
        String separator = "\n";
        text.append(node.isObject() ? '{' : '[');
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                text.append(separator).append('"').append(field.getKey()).append("\": ");
                write(field.getValue(), depth - 1, text);
                separator = ",\n";
            }
        } else {
            for (JsonNode element : node) {
                text.append(separator);
                write(element, 0, text);
                separator = ",\n";
            }
        }
        text.append(node.isObject() ? '}' : ']');
    }

    /** Writes databases and files. */
    void write(GoldenStore store, Path files) throws IOException {
        Files.createDirectories(folder);
        store.dump(folder);
        copy(files, folder.resolve(FILES));
    }

    /** Opens an engine on a copy, at the time at which it was written. */
    Opened open(Path temporary, Instant now) throws IOException {
        Path files = temporary.resolve(FILES);
        copy(folder.resolve(FILES), files);
        GoldenStore store = GoldenStore.empty(kind(), temporary);
        store.restore(folder);
        Map<String, JsonNode> bodies = bodies(store.documents());
        return new Opened(
                GoldenEngine.open(store, files, SettableClock.at(now), GoldenSequel.IDS, point -> {}), bodies);
    }

    /** All that the engine's API tells of a state. */
    static ObjectNode read(GoldenEngine engine) {
        ObjectNode read = GoldenReading.MAPPER.createObjectNode();
        for (String tenant : GoldenEngine.TENANTS) {
            read.set(tenant, new GoldenReading(engine.as(tenant, "eve")).all());
        }
        return read;
    }

    /** The bodies of all documents by their tables, tenants and ids. */
    static Map<String, JsonNode> bodies(DataSource source) {
        Map<String, JsonNode> bodies = new TreeMap<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables(connection.getMetaData())) {
                try (ResultSet rows = statement.executeQuery("SELECT tenant, id, body FROM " + table)) {
                    while (rows.next()) {
                        bodies.put(
                                table + " " + rows.getString(1) + " " + rows.getString(2),
                                GoldenReading.parsed(rows.getString(3)));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return bodies;
    }

    private static List<String> tables(DatabaseMetaData metadata) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = metadata.getTables(null, null, "gantry_state_%", new String[] {"TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            all.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path target = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(target.resolveSibling(""));
                    Files.copy(file, target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
