// SPDX-License-Identifier: Apache-2.0
package io.gantry.rules;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes down what a module offers: each public type of its exported packages, with its members, a line each. */
final class PublicApi {

    private PublicApi() {}

    /**
     * The lines of a module.
     *
     * @param module its descriptor names the packages
     * @param classes the names of all of its classes
     */
    static List<String> of(ModuleReference module, Set<String> classes) {
        Set<String> packages = module.descriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> lines = new ArrayList<>();
        for (String name : new TreeSet<>(classes)) {
            int dot = name.lastIndexOf('.');
            if (dot > 0 && packages.contains(name.substring(0, dot))) {
                lines.addAll(ApiType.lines(load(name)));
            }
        }
        return lines;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
