// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.schema.Schema;
import java.util.List;

/**
 * Where crashes are tried: how the stores of an engine are made, and how a process opens them. Where real processes die, the
 * class is public, has a public constructor without parameters, and is on the class path of the tests.
 */
public interface CrashSite {

    /**
     * Makes a new, empty dataset with the shape of {@link CrashKit#SCHEMA}, and a new, empty store of documents.
     *
     * @param name lower-case letters and digits, never used before
     * @param schema {@link CrashKit#SCHEMA}
     * @return what {@link #open} needs to find them, such as an address or a path
     */
    String make(String name, Schema schema);

    /**
     * Opens them, as an application does when it starts. Called in several processes, one after the other, and also where the
     * last one to open them has not closed them.
     *
     * @param place what {@link #make} gave
     * @return to be closed by the caller
     */
    Opened open(String place);

    /** The stores of an engine, opened. */
    interface Opened extends AutoCloseable {

        /**
         * The dataset.
         *
         * @return the same each time
         */
        Dataset dataset();

        /**
         * The documents.
         *
         * @return not opened yet; whoever uses it closes it
         */
        DocumentStore documents();

        /**
         * What loads have left behind that should be gone, such as staging tables.
         *
         * @return names for people
         */
        default List<String> leftovers() {
            return List.of();
        }

        @Override
        void close();
    }
}
