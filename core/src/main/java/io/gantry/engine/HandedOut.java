// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.Principal;
import io.gantry.spi.file.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A file that is handed out to a principal: whenever its content is, that is audited first. */
record HandedOut(Engine engine, Principal principal, String subject, StoredFile file) implements StoredFile {

    private void audit() {
        engine.journal().commit(principal.tenant(), draft -> {
            draft.note(
                    principal.name(),
                    "FILE_DOWNLOAD",
                    subject,
                    null,
                    null,
                    Json.MAPPER
                            .createObjectNode()
                            .put("ref", file.ref())
                            .put("name", file.name())
                            .put("sha256", file.sha256())
                            .toString());
            return true;
        });
    }

    @Override
    public InputStream open() throws IOException {
        audit();
        return file.open();
    }

    @Override
    public Optional<Path> path() {
        Optional<Path> path = file.path();
        if (path.isPresent()) {
            audit();
        }
        return path;
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long length() {
        return file.length();
    }

    @Override
    public String ref() {
        return file.ref();
    }

    @Override
    public String sha256() {
        return file.sha256();
    }

    @Override
    public Instant storedAt() {
        return file.storedAt();
    }
}
