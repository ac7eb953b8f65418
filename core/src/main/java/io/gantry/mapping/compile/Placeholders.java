// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.mapping.ColumnMapping;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingDefinition;
import io.gantry.mapping.Reading;
import io.gantry.mapping.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the values of a run's parameters where {@code {{name}}} stands for them. */
public final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{ *([A-Za-z0-9_-]{1,50}) *}}");

    private final Map<String, String> values;
    private final BiConsumer<String, String> unknown;

    private Placeholders(Map<String, String> values, BiConsumer<String, String> unknown) {
        this.values = values;
        this.unknown = unknown;
    }

    /**
     * Fills the placeholders in constants and defaults of an import, and in conditions of an export.
     *
     * @param mapping the definition
     * @param values by name of the parameter
     * @param unknown is told where there is a placeholder without a value, and its name; it stays as it is
     * @return the same mapping when there is no placeholder in it
     */
    public static MappingDefinition fill(
            MappingDefinition mapping, Map<String, String> values, BiConsumer<String, String> unknown) {
        Placeholders placeholders = new Placeholders(values, unknown);
        return mapping instanceof ImportMapping importMapping
                ? placeholders.fill(importMapping)
                : placeholders.fill((ExportMapping) mapping);
    }

    private ImportMapping fill(ImportMapping mapping) {
        List<ColumnMapping> columns = new ArrayList<>();
        for (int i = 0; i < mapping.columns().size(); i++) {
            columns.add(fill("columns[" + i + "]", mapping.columns().get(i)));
        }
        return columns.equals(mapping.columns())
                ? mapping
                : new ImportMapping(columns, mapping.load(), mapping.errors(), mapping.drift());
    }

    private ColumnMapping fill(String path, ColumnMapping column) {
        Source source = column.source() instanceof Source.Constant constant
                ? new Source.Constant(text(path + ".constant", constant.text()))
                : column.source();
        Reading reading = column.reading();
        String defaultValue = reading.defaultValue();
        return new ColumnMapping(
                column.to(),
                source,
                defaultValue == null ? reading : reading.withDefault(text(path + ".default", defaultValue)),
                column.checks());
    }

    private ExportMapping fill(ExportMapping mapping) {
        List<ExportMapping.Condition> conditions = new ArrayList<>();
        for (int i = 0; i < mapping.conditions().size(); i++) {
            ExportMapping.Condition condition = mapping.conditions().get(i);
            String path = "where[" + i + "].values";
            conditions.add(new ExportMapping.Condition(
                    condition.field(),
                    condition.test(),
                    condition.values().stream().map(value -> text(path, value)).toList()));
        }
        return conditions.equals(mapping.conditions()) ? mapping : mapping.withConditions(conditions);
    }

    private String text(String path, String text) {
        if (!text.contains("{{")) {
            return text;
        }
        Matcher matcher = PLACEHOLDER.matcher(text);
        return matcher.replaceAll(found -> {
            @Nullable String value = values.get(found.group(1));
            if (value == null) {
                unknown.accept(path, found.group(1));
            }
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }
}
