// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes down what the engine of today stores, so that every later build proves that it opens, runs and rolls back what an
 * older one has stored: see {@link GoldenDocumentsTest}.
 *
 * <p>To make the next dump, before a change of the layout of documents or of what is in them:
 *
 * <ol>
 *   <li>Have the commit checked out whose documents are to be kept, with nothing changed.
 *   <li>Extend {@link GoldenStory} by what the engine can do by now and could not do before. The requests that are there stay as
 *       they are: what older dumps expect was made by them. {@link GoldenReading} and {@link GoldenSequel} may tell more, under
 *       names of their own; the sequel leaves out what needs a pipeline that a dump has not.
 *   <li>Run {@code mvn -pl connectors/jdbc -am test -Dtest='GoldenDocumentsTest#writes*' -Dgantry.golden=0.2
 *       -Dsurefire.failIfNoSpecifiedTests=false} with the name of the new folder. It must not be there: a dump is never written
 *       anew.
 *   <li>Look at {@code expected.json} before it is committed: it is what the engine of today makes of it.
 * </ol>
 *
 * <p>A folder holds a folder for each kind of database, and in it:
 *
 * <ul>
 *   <li>{@code documents.sql.gz} and {@code rows.sql.gz}, the databases (see {@link GoldenSql});
 *   <li>{@code files}, the folder of the file store;
 *   <li>{@code expected.json} with the time at which it was written ({@code now}), all that the API tells of it ({@code read}),
 *       and what comes of it when an engine goes on with it ({@code then}).
 * </ul>
 *
 * <p>Ids and times are the same each time; the refs of stored files and the numbers of transactions are not. That each rollback
 * gave the table that was there before the run was looked at when the dump was written.
 */
final class GoldenDocuments {

    private GoldenDocuments() {}

    /** Writes a new folder of dumps. */
    static void write(String layout, Path temporary) throws IOException {
        Path folder = GoldenDump.ALL.resolve(layout);
        if (Files.exists(folder)) {
            throw new IllegalStateException("There is a dump " + layout + " already, and dumps are never written anew");
        }
        for (String kind : new String[] {"sqlite", "postgresql"}) {
            write(new GoldenDump(folder.resolve(kind)), kind, Files.createDirectories(temporary.resolve(kind)));
        }
    }

    private static void write(GoldenDump dump, String kind, Path temporary) throws IOException {
        Path files = temporary.resolve("stored");
        GoldenStore store = GoldenStore.empty(kind, Files.createDirectories(temporary.resolve("first")));
        GoldenTables.create(store.tables());
        try (GoldenStory story = new GoldenStory(store, files)) {
            story.tell();
            dump.write(store, files); // before the engine is closed, which gives back what it has begun
            Instant now = story.engine().clock().instant();
            ObjectNode expected = GoldenReading.MAPPER.createObjectNode().put("now", now.toString());
            try (GoldenDump.Opened copy = dump.open(Files.createDirectories(temporary.resolve("copy")), now)) {
                ObjectNode read = GoldenDump.read(copy.engine());
                if (!read.equals(GoldenDump.read(story.engine()))) {
                    throw new IllegalStateException("The copy is not what it was made of");
                }
                expected.set("read", read);
                expected.set("then", new GoldenSequel(copy.engine(), story.before()).tell());
            }
            story.check();
            dump.expect(expected);
        } finally {
            store.close();
        }
    }
}
