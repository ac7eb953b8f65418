// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.file.StoredFile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stored file beside its content. Files that releases before this kind of document stored have none.
 *
 * @param ref of the file
 * @param use what the file is
 * @param run the run that wrote it; null for an upload
 * @param name for people
 * @param bytes its size
 * @param sha256 its hash
 * @param storedAt when it was stored
 */
record FileDocument(
        String ref, Use use, @Nullable String run, String name, long bytes, String sha256, Instant storedAt) {

    static final DocumentKind KIND = new DocumentKind(
            "file",
            Map.of("run", DocumentKind.Type.TEXT, "use", DocumentKind.Type.TEXT, "stored_at", DocumentKind.Type.TIME));

    /** What a file is, and what reading it takes. */
    enum Use {
        /** It was handed in. */
        UPLOAD(Permission.IMPORTS_VIEW),
        /** The report of a run that loads a dataset. */
        IMPORT_REPORT(Permission.IMPORTS_VIEW),
        /** The report of a run that writes a file. */
        EXPORT_REPORT(Permission.EXPORTS_VIEW),
        /** The rejected records of a run. */
        REJECTS(Permission.IMPORTS_VIEW),
        /** The numbers of the rejected rows of a run. */
        REJECTED_ROWS(Permission.IMPORTS_VIEW),
        /** The file that a run has written. */
        OUTPUT(Permission.EXPORTS_DOWNLOAD);

        private final Permission permission;

        Use(Permission permission) {
            this.permission = permission;
        }
    }

    static FileDocument of(StoredFile file, Use use, @Nullable String run) {
        return new FileDocument(file.ref(), use, run, file.name(), file.length(), file.sha256(), file.storedAt());
    }

    Document document(String tenant) {
        Map<String, Object> attributes = new HashMap<>(Map.of("use", use.name(), "stored_at", storedAt));
        if (run != null) {
            attributes.put("run", run);
        }
        return new Document(tenant, KIND.name(), ref, 1, attributes, Json.write(this));
    }

    static Optional<FileDocument> find(DocumentStore documents, String tenant, String ref) {
        return documents.find(tenant, KIND.name(), ref).map(document -> Json.read(document.body(), FileDocument.class));
    }

    /**
     * Checks that a principal may read a file that is there.
     *
     * @throws io.gantry.GantryException {@code PERMISSION_DENIED} naming what it takes
     */
    static void requireReading(Engine engine, Principal principal, String ref) {
        Optional<FileDocument> known = find(engine.documents(), principal.tenant(), ref);
        if (known.isPresent()) {
            principal.require(known.get().use.permission);
        } else { // it may be anything
            List.of(Permission.IMPORTS_VIEW, Permission.EXPORTS_DOWNLOAD).forEach(principal::require);
        }
    }
}
