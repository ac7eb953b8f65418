// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.check.Names;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingDefinition;
import io.gantry.mapping.Source;
import io.gantry.mapping.compile.ExportCheck;
import io.gantry.mapping.compile.MappingCheck;
import io.gantry.mapping.compile.Placeholders;
import io.gantry.pipeline.Definition;
import io.gantry.pipeline.Endpoint;
import io.gantry.pipeline.FileFormat;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.TextReadableFormat;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds everything that is wrong with the content of a version.
 *
 * @param engine knows datasets and formats
 * @param tenant whose
 * @param faults where to tell of it
 */
record DefinitionCheck(Engine engine, String tenant, Faults faults) {

    void check(Definition definition) {
        Optional<Schema> from = endpoint("from", definition.from());
        Optional<Schema> to = endpoint("to", definition.to());
        if (definition.from() instanceof Endpoint.File && definition.to() instanceof Endpoint.File) {
            faults.add("to", "A flow from file to file is not known; one end must be a dataset");
        }
        if (definition.from().equals(definition.to())) {
            faults.add("to", "The rows come from " + definition.from() + " already; they cannot go there, too");
        }
        Map<String, String> samples = RunParameters.samples(definition.parameters(), faults);
        MappingDefinition filled = Placeholders.fill(
                definition.mapping(),
                samples,
                (path, name) -> faults.unknown(path, "parameter", name, samples.keySet()));
        boolean loads = definition.to() instanceof Endpoint.Dataset;
        if (filled instanceof ImportMapping mapping && loads) {
            to.ifPresentOrElse(schema -> loadable(definition, mapping, schema), () -> BeanRules.check(mapping, faults));
            from.ifPresent(schema -> columns(mapping, schema));
        } else if (filled instanceof ExportMapping mapping && !loads) {
            from.ifPresentOrElse(
                    schema -> ExportCheck.check(mapping, schema, faults), () -> BeanRules.check(mapping, faults));
        } else {
            faults.add(
                    "mapping",
                    loads
                            ? "Rows that go to a dataset need the mapping of an import"
                            : "Rows that go to a file need the mapping of an export");
        }
    }

    /** The schema of an endpoint that is a dataset; empty when it is none, or there is no such dataset. */
    private Optional<Schema> endpoint(String path, Endpoint endpoint) {
        boolean read = path.equals("from");
        if (endpoint instanceof Endpoint.File file) {
            format(path + ".format", file.format(), read);
            return Optional.empty();
        }
        String name = ((Endpoint.Dataset) endpoint).dataset();
        Optional<Dataset> dataset = engine.datasets().apply(tenant, name);
        if (dataset.isEmpty()) {
            faults.unknown(
                    path + ".dataset", "dataset", name, engine.datasetNames().apply(tenant));
            return Optional.empty();
        }
        if (read && !(dataset.get() instanceof ReadableDataset)) {
            faults.add(path + ".dataset", "'" + name + "' cannot be read");
        }
        return dataset.map(found -> Providers.call(found::schema));
    }

    private Optional<Schema> schema(String dataset) {
        return engine.datasets().apply(tenant, dataset).map(other -> Providers.call(other::schema));
    }

    private void loadable(Definition definition, ImportMapping mapping, Schema schema) {
        String name = ((Endpoint.Dataset) definition.to()).dataset();
        Dataset dataset = engine.dataset(tenant, name);
        if (!(dataset instanceof WritableDataset writable)) {
            faults.add("to.dataset", "'" + name + "' cannot be loaded");
        } else if (!writable.modes().contains(mapping.load().mode())) {
            faults.add(
                    "load.mode",
                    "'" + name + "' cannot be loaded by "
                            + Names.word(mapping.load().mode()) + "; it can by "
                            + writable.modes().stream().map(Names::word).toList());
        }
        MappingCheck.check(mapping, schema, this::schema, faults);
    }

    /** Whether the columns that a mapping names are fields of the dataset that is read. */
    private void columns(ImportMapping mapping, Schema schema) {
        Set<String> known = schema.names().stream().map(Names::normalize).collect(Collectors.toSet());
        for (int i = 0; i < mapping.columns().size(); i++) {
            if (mapping.columns().get(i).source() instanceof Source.Named named
                    && Stream.concat(Stream.of(named.name()), named.aliases().stream())
                            .noneMatch(name -> known.contains(Names.normalize(name)))) {
                faults.unknown("columns[" + i + "].column", "field", named.name(), schema.names());
            }
        }
    }

    private void format(String path, FileFormat fileFormat, boolean read) {
        RecordFormat format = engine.formats().get(fileFormat.name());
        if (format == null) {
            faults.unknown(
                    path + ".name",
                    "format",
                    fileFormat.name(),
                    engine.formats().keySet());
            return;
        }
        boolean known = true;
        for (String option : fileFormat.options().values().keySet()) {
            if (!format.optionNames().contains(option)) {
                faults.unknown(path + ".options." + option, "option", option, format.optionNames());
                known = false;
            }
        }
        if (known) {
            try {
                format.check(fileFormat.options());
            } catch (ProviderException e) {
                faults.add(path + ".options", String.valueOf(e.getMessage()));
            }
        }
        if (read && !(format instanceof TextReadableFormat)) {
            faults.add(path + ".name", "'" + format.name() + "' cannot be read");
        }
        if (!read && !(format instanceof WritableFormat)) {
            faults.add(path + ".name", "'" + format.name() + "' cannot be written");
        }
    }
}
