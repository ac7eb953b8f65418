// SPDX-License-Identifier: Apache-2.0
/** An application that is a module, like one of a user: it names what it uses, and opens its records. */
module io.gantry.smoke {
    requires com.h2database;
    requires io.gantry.core;
    requires io.gantry.jdbc;
    requires io.gantry.sdk;
    requires io.gantry.sdk.testserver;
    requires io.gantry.testkit.runs;
    requires java.naming; // h2's data source is made for a directory of names, too

    opens io.gantry.smoke to
            io.gantry.core,
            org.hibernate.validator;
}
