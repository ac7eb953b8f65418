// SPDX-License-Identifier: Apache-2.0
/** The engine: pipelines, mapping, validation, runs, reports, rollback. */
module io.gantry.core {
    requires transitive io.gantry.spi;
    requires com.fasterxml.jackson.databind;
    requires transitive jakarta.validation;
    requires com.github.albfernandez.juniversalchardet;
    requires org.hibernate.validator;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.gantry;
    exports io.gantry.audit;
    exports io.gantry.local;
    exports io.gantry.mapping;
    exports io.gantry.pipeline;
    exports io.gantry.run;
    exports io.gantry.settings;
    exports io.gantry.validation;

    // the validator reads the components of definitions and commands by their fields
    opens io.gantry to
            org.hibernate.validator;
    opens io.gantry.engine to
            com.fasterxml.jackson.databind;
    opens io.gantry.mapping to
            org.hibernate.validator;
    opens io.gantry.pipeline to
            org.hibernate.validator;
    opens io.gantry.run to
            org.hibernate.validator;
    opens io.gantry.settings to
            org.hibernate.validator;

    uses io.gantry.spi.records.RecordFormat;

    provides io.gantry.spi.records.RecordFormat with
            io.gantry.records.csv.CsvFormat,
            io.gantry.records.xlsx.XlsxFormat;
}
