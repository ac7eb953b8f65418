// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The package of an export for which none is scripted: a zip with the request in it. */
final class Packages {
    private Packages() {}

    static byte[] of(Map<String, Object> request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("request.json");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(Json.write(request));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
