// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.check.Names;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingDefinition;
import io.gantry.mapping.compile.ExportCheck;
import io.gantry.mapping.compile.MappingCheck;
import io.gantry.mapping.compile.Placeholders;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.Parameter;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds everything that is wrong with the content of a version.
 *
 * @param engine knows datasets and formats
 * @param tenant whose
 * @param faults where to tell of it
 */
record DefinitionCheck(Engine engine, String tenant, Faults faults) {

    void check(String datasetName, FileFormat fileFormat, MappingDefinition mapping, List<Parameter> parameters) {
        Optional<Dataset> dataset = engine.datasets().apply(tenant, datasetName);
        RecordFormat format = engine.formats().get(fileFormat.name());
        if (format == null) {
            faults.unknown(
                    "format.name", "format", fileFormat.name(), engine.formats().keySet());
        } else {
            check(fileFormat, format, mapping);
        }
        Map<String, String> samples = RunParameters.samples(parameters, faults);
        MappingDefinition filled = Placeholders.fill(
                mapping, samples, (path, name) -> faults.unknown(path, "parameter", name, samples.keySet()));
        if (dataset.isEmpty()) {
            faults.unknown(
                    "dataset", "dataset", datasetName, engine.datasetNames().apply(tenant));
            BeanRules.check(mapping, faults);
            return;
        }
        Schema schema = Providers.call(dataset.get()::schema);
        if (filled instanceof ImportMapping importMapping) {
            importable(dataset.get(), importMapping);
            MappingCheck.check(importMapping, schema, this::schema, faults);
        } else {
            if (!(dataset.get() instanceof ReadableDataset)) {
                faults.add("dataset", "'" + datasetName + "' cannot be read");
            }
            ExportCheck.check((ExportMapping) filled, schema, faults);
        }
    }

    private Optional<Schema> schema(String dataset) {
        return engine.datasets().apply(tenant, dataset).map(other -> Providers.call(other::schema));
    }

    private void importable(Dataset dataset, ImportMapping mapping) {
        if (!(dataset instanceof WritableDataset writable)) {
            faults.add("dataset", "'" + dataset.name() + "' cannot be loaded");
        } else if (!writable.modes().contains(mapping.load().mode())) {
            faults.add(
                    "load.mode",
                    "'" + dataset.name() + "' cannot be loaded by "
                            + Names.word(mapping.load().mode()) + "; it can by "
                            + writable.modes().stream().map(Names::word).toList());
        }
    }

    private void check(FileFormat fileFormat, RecordFormat format, MappingDefinition mapping) {
        boolean known = true;
        for (String option : fileFormat.options().values().keySet()) {
            if (!format.optionNames().contains(option)) {
                faults.unknown("format.options." + option, "option", option, format.optionNames());
                known = false;
            }
        }
        if (known) {
            try {
                format.check(fileFormat.options());
            } catch (ProviderException e) {
                faults.add("format.options", String.valueOf(e.getMessage()));
            }
        }
        if (mapping instanceof ExportMapping && !(format instanceof WritableFormat)) {
            faults.add("format.name", "'" + format.name() + "' cannot be written");
        }
    }
}
