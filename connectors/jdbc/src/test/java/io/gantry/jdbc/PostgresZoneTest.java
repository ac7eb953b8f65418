// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract.Edit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What a machine that is far from UTC writes. */
class PostgresZoneTest {

    private static final Schema SCHEMA = Schema.of(
                    Field.of("id", FieldType.INTEGER).required(), Field.of("moment", FieldType.TIMESTAMP))
            .key("id");

    private final TimeZone before = TimeZone.getDefault();

    @BeforeEach
    void travel() {
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
    }

    @AfterEach
    void comeBack() {
        TimeZone.setDefault(before);
    }

    @Test
    void moments_are_bound_as_such_whatever_zone_the_machine_is_in() {
        TestTables tables = new TestTables(connectedFromHere(), PostgresDatasetTest::type, "");
        Dataset dataset = tables.create("moments", SCHEMA);
        Map<String, Object> row = Map.of("id", 1L, "moment", Instant.parse("2026-01-31T08:00:00Z"));
        tables.edit(dataset, new Edit(Edit.Kind.INSERT, Map.of(), row));
        assertThat(tables.strings("SELECT CAST(moment AT TIME ZONE 'UTC' AS text) FROM moments"))
                .isEqualTo(List.of("2026-01-31 08:00:00"));
    }

    /** Connections that are made now: each tells the database the zone that the machine is in by then. */
    private static DataSource connectedFromHere() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(PostgresServer.url("zones"));
        return database;
    }
}
