// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * How one part of a package refers to another.
 *
 * @param type the last word of the type's address, which transitional and strict workbooks have in common; the whole
 *     address when it is one of an extension
 * @param target the path of the other part, without a slash in front
 */
record Relation(String type, String target) {

    private static final int MOST = 5_000;
    private static final long ROOT = XmlScanner.name("Relationships");
    private static final long RELATIONSHIP = XmlScanner.name("Relationship");
    private static final long ID = XmlScanner.name("Id");
    private static final long TYPE = XmlScanner.name("Type");
    private static final long TARGET = XmlScanner.name("Target");
    private static final long TARGET_MODE = XmlScanner.name("TargetMode");

    /**
     * The relations of a part by their ids.
     *
     * @param part the path of the part; empty for the package itself
     */
    static Map<String, Relation> read(Archive archive, String part) throws IOException {
        int folder = part.lastIndexOf('/') + 1;
        String path = part.substring(0, folder) + "_rels/" + part.substring(folder) + ".rels";
        Map<String, Relation> relations = new HashMap<>();
        if (!archive.has(path)) {
            return relations;
        }
        try (XmlScanner xml = archive.scan(path)) {
            for (var event = xml.next(); event != XmlScanner.Event.DONE; event = xml.next()) {
                if (event != XmlScanner.Event.START) {
                    continue;
                }
                if (xml.depth() == 1) {
                    xml.mustBe(ROOT, "a list of relations");
                } else if (xml.depth() == 2 && xml.name() == RELATIONSHIP) {
                    add(relations, xml, part);
                }
            }
        }
        return relations;
    }

    private static String word(String type) {
        int word = type.lastIndexOf('/');
        return word > 0 && XmlNamespaces.kind(type.substring(0, word)) == XmlNamespaces.RELATIONS
                ? type.substring(word + 1)
                : type;
    }

    private static void add(Map<String, Relation> relations, XmlScanner xml, String part) {
        String id = xml.value(ID);
        String type = xml.value(TYPE);
        String target = xml.value(TARGET);
        if (id == null || type == null || target == null || "External".equals(xml.value(TARGET_MODE))) {
            return;
        }
        if (relations.size() == MOST) {
            throw xml.broken("a part refers to more than " + MOST + " others");
        }
        try {
            String resolved = URI.create("/" + part)
                    .resolve(target.replace('\\', '/').replace(" ", "%20"))
                    .getPath();
            if (resolved != null) {
                String path = resolved.replaceFirst("^/+", "");
                relations.put(id, new Relation(word(type), path));
            }
        } catch (IllegalArgumentException e) {
            throw xml.broken("the target of a relation is no path");
        }
    }
}
