// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples.sdk;

import io.gantry.sdk.Credentials;
import io.gantry.sdk.ExportRequest;
import io.gantry.sdk.IfPresent;
import io.gantry.sdk.ImpexClient;
import io.gantry.sdk.ImportJob;
import io.gantry.sdk.ImportRequest;
import io.gantry.sdk.VersionFilter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Copies services with all their versions to another tenant in one call, with a token that another program renews. */
public final class CopyTenant {
    private CopyTenant() {}

    /**
     * Copies services.
     *
     * @param args base URL with the source tenant, destination tenant, file with the current token, then service URIs
     */
    public static void main(String... args) {
        Path token = Path.of(args[2]);
        try (ImpexClient from = ImpexClient.builder()
                        .baseUrl(args[0])
                        .credentials(Credentials.token(() -> read(token)))
                        .userAgent("copy-tenant/1.0")
                        .build();
                ImpexClient to = from.derive().tenant(args[1]).build()) {
            copy(from, to, List.of(args).subList(3, args.length), System.out);
        }
    }

    static void copy(ImpexClient from, ImpexClient to, List<String> services, PrintStream out) {
        ExportRequest export = ExportRequest.create().services(services).versionFilter(VersionFilter.ALL);
        ImportRequest how = ImportRequest.create().ifPresent(IfPresent.REPLACE);
        for (ImportJob done : from.impex().migrate(export, to, how)) {
            done.services().forEach(out::println);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
