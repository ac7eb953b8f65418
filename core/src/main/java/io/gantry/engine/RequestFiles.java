// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.run.RunRequest;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.file.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that requests for runs name, or bring with them.
 *
 * @param engine knows the store
 * @param principal whose requests they are
 */
record RequestFiles(Engine engine, Principal principal) {

    private static final Logger LOG = LoggerFactory.getLogger(RequestFiles.class);

    /** The file that a run is to read; stores what the request brings with it. */
    StoredFile of(RunRequest request) {
        FileContent content = request.content();
        if (content == null) {
            String ref = String.valueOf(request.fileRef());
            StoredFile file = stored(ref)
                    .orElseThrow(() ->
                            new GantryException(ErrorCode.FILE_NOT_FOUND, "There is no file with ref '" + ref + "'"));
            // else a preview would show what an export wrote
            FileDocument.find(engine.documents(), principal.tenant(), ref)
                    .filter(known -> known.use() == FileDocument.Use.OUTPUT)
                    .ifPresent(output -> principal.require(Permission.EXPORTS_DOWNLOAD));
            return file;
        }
        try (InputStream in = content.open()) {
            return Uploads.store(engine, principal.tenant(), content.name(), in);
        } catch (IOException e) {
            throw Uploads.failed(e);
        }
    }

    Optional<StoredFile> stored(String ref) {
        try {
            return engine.files().find(principal.tenant(), ref);
        } catch (IOException e) {
            throw new GantryException(ErrorCode.STORAGE_FAILED, "A stored file could not be read", Map.of(), e);
        }
    }

    /** Deletes the copy of a content that no run will read. */
    void discard(RunRequest request, @Nullable StoredFile file) {
        if (request.content() != null && file != null) {
            try {
                engine.files().delete(principal.tenant(), file.ref());
            } catch (IOException e) {
                LOG.debug("A file that no run reads could not be deleted: ref={}", file.ref(), e);
            }
        }
    }
}
