// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.check.Faults;
import io.gantry.mapping.compile.Parsers;
import io.gantry.pipeline.Parameter;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What runs may be told, and what they are told. */
final class RunParameters {

    /** Those that every run has. */
    private static final Set<String> BUILT_IN = Set.of("ds", "ts", "run");

    private RunParameters() {}

    /** Checks the declaration of parameters; a value of the right type for each, and for those that every run has. */
    static Map<String, String> samples(List<Parameter> parameters, Faults faults) {
        Map<String, String> samples = new TreeMap<>(builtIn("00000000-0000-0000-0000-000000000000", Instant.EPOCH));
        Set<String> seen = new HashSet<>(BUILT_IN);
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            String path = "parameters[" + i + "]";
            if (!seen.add(parameter.name())) {
                faults.add(path + ".name", "'" + parameter.name() + "' is declared already");
            }
            for (String value : parameter.oneOf()) {
                check(path + ".oneOf", parameter, value, faults);
            }
            String defaultValue = parameter.defaultValue();
            if (defaultValue != null) {
                check(path + ".defaultValue", parameter, defaultValue, faults);
                allowed(path + ".defaultValue", parameter, defaultValue, faults);
            }
            samples.put(
                    parameter.name(),
                    defaultValue != null
                            ? defaultValue
                            : parameter.oneOf().isEmpty()
                                    ? sample(parameter.type())
                                    : parameter.oneOf().get(0));
        }
        return samples;
    }

    private static String sample(FieldType type) {
        return switch (type) {
            case STRING -> "text";
            case INTEGER, DECIMAL, FLOAT -> "1";
            case BOOLEAN -> "true";
            case DATE -> "2000-01-01";
            case TIME -> "00:00:00";
            case TIMESTAMP -> "2000-01-01T00:00:00Z";
            case UUID -> "00000000-0000-0000-0000-000000000000";
            case BYTES -> "";
        };
    }

    /** Checks what a run is told; the value of each declared parameter. */
    static Map<String, String> values(List<Parameter> declared, Map<String, String> told, Faults faults) {
        Map<String, String> values = new TreeMap<>();
        List<String> names = declared.stream().map(Parameter::name).toList();
        for (String name : told.keySet()) {
            if (!names.contains(name)) {
                faults.unknown("parameters." + name, "parameter", name, names);
            }
        }
        for (Parameter parameter : declared) {
            String path = "parameters." + parameter.name();
            String value = told.getOrDefault(parameter.name(), parameter.defaultValue());
            if (value == null) {
                faults.add(path, "must be given; it is a " + parameter.type());
                continue;
            }
            check(path, parameter, value, faults);
            allowed(path, parameter, value, faults);
            values.put(parameter.name(), value);
        }
        return values;
    }

    private static void check(String path, Parameter parameter, String value, Faults faults) {
        boolean good = parameter.type() == FieldType.STRING
                || Parsers.value(Field.of(parameter.name(), parameter.type()), value)
                        .isPresent();
        if (!good) {
            faults.add(path, "'" + value + "' is no " + parameter.type() + " in ISO notation");
        }
    }

    private static void allowed(String path, Parameter parameter, String value, Faults faults) {
        if (!parameter.oneOf().isEmpty() && !parameter.oneOf().contains(value)) {
            faults.add(path, "'" + value + "' is not one of " + parameter.oneOf());
        }
    }

    /** The values that every run has, for a run submitted at a moment. */
    static Map<String, String> builtIn(String run, Instant submittedAt) {
        Instant second = submittedAt.truncatedTo(ChronoUnit.SECONDS);
        return Map.of(
                "ds", second.atZone(ZoneOffset.UTC).toLocalDate().toString(), "ts", second.toString(), "run", run);
    }
}
