// SPDX-License-Identifier: Apache-2.0
/**
 * Datasets that are tables of a relational database: {@link io.gantry.jdbc.JdbcDatasets} is the door. Documents in a
 * relational database: {@link io.gantry.jdbc.JdbcDocuments} is the other.
 *
 * <p>A load goes through a staging table: the rows are copied there, checked against each other and against the dataset
 * by set operations, and merged into the table together with what it takes to undo the run and with the run's marker, in
 * one transaction. PostgreSQL takes the rows by binary COPY, and where the table itself enforces all that is to be
 * checked, straight into the table.
 *
 * <p>Beside the table live {@code gantry_run}, one row for each run that is applied or has attempts that are shut out,
 * {@code gantry_key} with the keys of rows that PostgreSQL took straight, and for each table {@code gantry_undo_…} with the
 * rows as they were before and after a run. Staging tables are named {@code gantry_stage_…} and {@code gantry_bad_…}; they go when a load is closed.
 */
@NullMarked
package io.gantry.jdbc;

import org.jspecify.annotations.NullMarked;
