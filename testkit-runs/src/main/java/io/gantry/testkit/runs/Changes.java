// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.schema.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a preview shows, as texts that can be compared: at most twenty of each kind.
 *
 * @param inserted in order of rows
 * @param updated in order of rows
 * @param deleted in order of keys
 */
record Changes(List<String> inserted, List<String> updated, List<String> deleted) {

    static final Changes NONE = new Changes(List.of(), List.of(), List.of());

    private static final int SHOWN = 20;

    /** Those of a report. */
    static Changes of(World world, List<RowChange> changes) {
        return new Changes(
                of(world, changes, RowChange.Kind.INSERTED),
                of(world, changes, RowChange.Kind.UPDATED),
                of(world, changes, RowChange.Kind.DELETED));
    }

    private static List<String> of(World world, List<RowChange> changes, RowChange.Kind kind) {
        List<String> texts = new ArrayList<>();
        for (RowChange change : changes) {
            if (change.kind() == kind) {
                Map<String, String> fields = new TreeMap<>();
                for (RowChange.FieldChange field : change.fields()) {
                    Field type = world.dataset().schema().field(field.field()).orElseThrow();
                    fields.put(field.field(), plain(type, field.before()) + " -> " + plain(type, field.after()));
                }
                texts.add(text(change.number(), String.valueOf(change.key().get(0)), fields));
            }
        }
        return texts;
    }

    private static @Nullable Object plain(Field field, @Nullable Object text) {
        Object value = text == null ? null : People.value(field, text.toString());
        return value instanceof BigDecimal number ? number.toPlainString() : value;
    }

    private static String text(long number, String key, Map<String, String> fields) {
        return number + " " + key + " " + fields;
    }

    /** Those that the model makes. */
    static Changes of(RunModel.Loaded loaded, Rules rules) {
        return new Changes(
                texts(loaded.real().stream().filter(RunModel.Change::isNew), rules),
                texts(loaded.real().stream().filter(change -> !change.isNew() && change.row() >= 0), rules),
                texts(loaded.real().stream().filter(change -> change.row() < 0), rules));
    }

    private static List<String> texts(Stream<RunModel.Change> changes, Rules rules) {
        return changes.limit(SHOWN)
                .map(change -> text(change.row() < 0 ? 0 : change.row() + 2, change.id(), fields(change, rules)))
                .toList();
    }

    private static Map<String, String> fields(RunModel.Change change, Rules rules) {
        Map<String, String> fields = new TreeMap<>();
        List<@Nullable Object> after = change.after();
        List<@Nullable Object> before = change.before();
        for (String name : after == null ? List.<String>of() : rules.fields()) {
            int place = People.place(name);
            Object was = before == null ? null : before.get(place);
            Object is = after == null ? null : after.get(place);
            if (!Objects.equals(was, is)) {
                fields.put(name, shown(was) + " -> " + shown(is));
            }
        }
        return fields;
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value;
    }
}
