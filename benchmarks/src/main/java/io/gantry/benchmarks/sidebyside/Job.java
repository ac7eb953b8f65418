// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

/**
 * An entry with all that its process needs to know.
 *
 * @param entry what to do, and who does it
 * @param url of the database
 * @param port of its server, on loopback
 * @param postmaster the process id of the server
 * @param file to be read
 * @param output where a file may be written
 * @param expected what the table, or the file written, shall hold in the end
 * @param before what the table holds at the beginning
 * @param warmUps how often to do it before it is measured
 */
record Job(
        Entry entry,
        String url,
        int port,
        long postmaster,
        String file,
        String output,
        Fingerprint expected,
        Fingerprint before,
        int warmUps) {}
