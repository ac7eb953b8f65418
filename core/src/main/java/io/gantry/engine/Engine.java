// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.check.Names;
import io.gantry.run.CrashPoint;
import io.gantry.run.RunListener;
import io.gantry.settings.TenantSettings;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.file.FileStore;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.run.RunEngine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an engine is made of.
 *
 * @param journal commits changes of documents
 * @param datasets gives a tenant's dataset by name
 * @param datasetNames gives the names of a tenant's datasets
 * @param ids makes ids
 * @param defaults the settings of tenants that have none of their own
 * @param lease how long a worker that gives no sign of life keeps its run
 * @param crashPoints is told of each crash point
 */
public record Engine(
        DocumentStore documents,
        Journal journal,
        FileStore files,
        RunEngine runs,
        Map<String, RecordFormat> formats,
        BiFunction<String, String, Optional<Dataset>> datasets,
        Function<String, List<String>> datasetNames,
        Clock clock,
        Supplier<String> ids,
        List<RunListener> listeners,
        TenantSettings defaults,
        Duration lease,
        Consumer<CrashPoint> crashPoints) {

    /** Under this tenant, which no principal has, the engine keeps what it shares out among tenants. */
    static final String SHARED = "*";

    /** Every kind of document that the engine keeps. */
    public static final List<DocumentKind> KINDS = List.of(
            PipelineDocuments.PIPELINES,
            PipelineDocuments.CODES,
            PipelineDocuments.VERSIONS,
            RunState.KIND,
            RunMemory.KIND,
            RequestKey.KIND,
            FileDocument.KIND,
            Ticket.KIND,
            KeptUndo.KIND,
            Dispatcher.GATES,
            SettingsBook.KIND,
            Journal.EVENTS);

    /** A format by name. */
    RecordFormat format(String name) {
        RecordFormat format = formats.get(name);
        if (format == null) {
            throw new GantryException(
                    ErrorCode.FORMAT_NOT_FOUND,
                    "There is no format '" + name + "'; known are " + formats.keySet()
                            + Names.nearest(name, formats.keySet())
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse(""));
        }
        return format;
    }

    /** A tenant's dataset by name. */
    Dataset dataset(String tenant, String name) {
        return datasets.apply(tenant, name).orElseThrow(() -> {
            List<String> known = datasetNames.apply(tenant);
            return new GantryException(
                    ErrorCode.DATASET_NOT_FOUND,
                    "There is no dataset '" + name + "'; known are " + known
                            + Names.nearest(name, known)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse(""));
        });
    }
}
