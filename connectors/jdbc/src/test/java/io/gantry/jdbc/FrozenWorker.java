// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.jdbc.BookLoad.Moment;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.WritableDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that loads books as the first attempt of a run. At one moment it says so and waits for a byte, in which time it
 * can be frozen; in the end it says what came of the load.
 */
final class FrozenWorker {

    static final String HERE = "HERE";
    static final String APPLIED = "APPLIED";

    private FrozenWorker() {}

    /**
     * Runs the process.
     *
     * @param arguments the database's address, the run, the load mode, the moment
     */
    public static void main(String[] arguments) {
        Moment where = Moment.valueOf(arguments[3]);
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(arguments[0]);
        CommitHook commits = new CommitHook(FrozenWorker::pause);
        WritableDataset books = (WritableDataset)
                JdbcDatasets.of(commits.over(database)).table("books").open();
        try {
            new BookLoad(books, arguments[1], 1, LoadMode.valueOf(arguments[2])).carryOut(moment -> {
                if (moment == where) {
                    pause();
                }
                if (moment == Moment.CHECKED && where == Moment.MARKED) {
                    commits.on();
                }
            });
            System.out.println(APPLIED);
        } catch (ProviderException e) {
            System.out.println(e.code());
        }
    }

    private static void pause() {
        System.out.println(HERE);
        try {
            System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
