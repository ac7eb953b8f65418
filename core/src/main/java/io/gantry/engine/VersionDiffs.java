// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.pipeline.Definition;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.pipeline.VersionDiff;
import io.gantry.pipeline.VersionDiff.Change;
import io.gantry.pipeline.VersionDiff.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds how the contents of two versions differ. */
final class VersionDiffs {

    /** By which property things in a list are told apart, where they have a name: the first that is there. */
    private static final List<String> NAMES = List.of("to", "field", "name");

    private VersionDiffs() {}

    static VersionDiff of(PipelineVersion from, PipelineVersion to) {
        return new VersionDiff(from.version(), to.version(), changes(from.definition(), to.definition()));
    }

    /** How much a definition differs from the one it replaces. */
    static Weight weight(Definition from, Definition to) {
        return new VersionDiff("", "", changes(from, to)).weight();
    }

    private static List<Change> changes(Definition from, Definition to) {
        Map<String, JsonNode> before = flat(from);
        Map<String, JsonNode> after = flat(to);
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            JsonNode old = before.get(path);
            JsonNode now = after.get(path);
            if (old == null || !old.equals(now)) {
                changes.add(new Change(
                        path,
                        old == null ? null : old.toString(),
                        now == null ? null : now.toString(),
                        weight(path, old, now, before.keySet())));
            }
        }
        return changes;
    }

    private static Map<String, JsonNode> flat(Definition definition) {
        Map<String, JsonNode> values = new TreeMap<>();
        flatten("", PipelineJson.content(definition), values);
        return values;
    }

    private static void flatten(String path, JsonNode node, Map<String, JsonNode> values) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(entry -> flatten(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), values));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + name(node.get(i), i) + "]", node.get(i), values);
            }
        } else {
            values.put(path, node);
        }
    }

    private static String name(JsonNode item, int index) {
        return NAMES.stream()
                .map(item::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(JsonNode::asText)
                .orElse(Integer.toString(index));
    }

    /** The path of the column, parameter or condition that a path leads into; the path itself when it leads into none. */
    private static String thing(String path) {
        int end = path.indexOf(']');
        return end < 0 ? path : path.substring(0, end + 1);
    }

    /** Whether files that were good may be rejected now, or values come out otherwise. */
    private static Weight weight(String path, @Nullable JsonNode old, @Nullable JsonNode now, Set<String> before) {
        if (path.startsWith("from.format.options") || path.startsWith("to.format.options")) {
            return Weight.DETAIL;
        }
        boolean newThing = before.stream().noneMatch(each -> each.startsWith(thing(path)));
        boolean moreAliases = path.endsWith(".aliases") && now != null && (old == null || now.size() > old.size());
        return newThing || moreAliases ? Weight.ADDITION : Weight.BREAKING;
    }
}
