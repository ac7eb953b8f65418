// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.check.Faults;
import io.gantry.check.Names;
import java.util.ArrayList;
import java.util.List;

/** The mapping of an export as JSON. The published schema is {@code export-mapping.schema.json} beside this class. */
final class ExportMappingJson {

    private ExportMappingJson() {}

    static ExportMapping read(JsonNode json) {
        Faults faults = new Faults("The mapping");
        JsonFaults object = new JsonFaults(json, "", faults);
        List<ExportMapping.Column> columns = new ArrayList<>();
        for (JsonFaults column : object.objects("columns")) {
            String field = column.text("field");
            String header = column.text("header");
            if (field == null) {
                faults.add(column.at("field"), "must name a field of the dataset");
                field = "?";
            }
            column.refuseUnknown();
            columns.add(new ExportMapping.Column(field, header == null ? field : header));
        }
        List<ExportMapping.Condition> conditions = new ArrayList<>();
        for (JsonFaults condition : object.objects("where")) {
            String field = condition.text("field");
            if (field == null) {
                faults.add(condition.at("field"), "must name a field of the dataset");
                field = "?";
            }
            ExportMapping.Test test = condition.choice("test", ExportMapping.Test.class, ExportMapping.Test.EQUAL);
            List<String> values = new ArrayList<>(condition.texts("values"));
            String value = condition.text("value");
            if (value != null) {
                values.add(value);
            }
            condition.refuseUnknown();
            conditions.add(new ExportMapping.Condition(field, test, values));
        }
        String incremental = object.text("incremental");
        object.text("$schema");
        object.refuseUnknown();
        faults.throwIfAny();
        return new ExportMapping(columns, conditions, incremental);
    }

    static String write(ExportMapping mapping) {
        ObjectNode json = JsonFaults.MAPPER.createObjectNode();
        ArrayNode columns = json.putArray("columns");
        for (ExportMapping.Column column : mapping.columns()) {
            columns.addObject().put("field", column.field()).put("header", column.header());
        }
        if (!mapping.conditions().isEmpty()) {
            ArrayNode where = json.putArray("where");
            for (ExportMapping.Condition condition : mapping.conditions()) {
                ObjectNode entry =
                        where.addObject().put("field", condition.field()).put("test", Names.word(condition.test()));
                ImportMappingJson.putTexts(entry, "values", condition.values());
            }
        }
        ImportMappingJson.putText(json, "incremental", mapping.incremental());
        return json.toString();
    }
}
