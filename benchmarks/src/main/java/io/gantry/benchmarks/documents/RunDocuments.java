// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.documents;

import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentKind.Type;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents like those of runs and of what is written with them, from a fixed seed. */
final class RunDocuments {

    static final DocumentKind RUN = new DocumentKind(
            "run",
            Map.of(
                    "pipeline", Type.TEXT,
                    "status", Type.TEXT,
                    "submitted_at", Type.TIME,
                    "submitted_by", Type.TEXT,
                    "rows_read", Type.NUMBER));
    static final DocumentKind EVENT =
            new DocumentKind("audit_event", Map.of("subject", Type.TEXT, "number", Type.NUMBER, "at", Type.TIME));
    static final DocumentKind KEY = new DocumentKind("idempotency_key", Map.of("expires_at", Type.TIME));
    static final List<DocumentKind> KINDS = List.of(RUN, EVENT, KEY);

    /** Half of all documents belong to the first, a quarter to the second, and so on. */
    static final List<String> TENANTS = List.of("acme", "zeta", "umbra", "north", "south");

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String BODY =
            "{\"order\": {\"mode\": \"LOAD\", \"settings\": {\"errorPolicy\": \"SKIP_ROWS\", \"threads\": 2}}, \"tasks\": ["
                    + "{\"kind\": \"EXTRACT\", \"status\": \"SUCCEEDED\", \"rows\": 10000},".repeat(12) + "{}]}";

    private final Random random = new Random(7);

    String tenant() {
        int one = Integer.numberOfTrailingZeros(random.nextInt() | 1 << 4);
        return TENANTS.get(Math.min(one, TENANTS.size() - 1));
    }

    /** The run with a number: later ones were submitted later. */
    Document run(String tenant, long number) {
        Map<String, Object> values = new HashMap<>();
        values.put("pipeline", "pipeline-" + random.nextInt(40));
        int dice = random.nextInt(1_000);
        values.put(
                "status", dice < 930 ? "SUCCEEDED" : dice < 990 ? "FAILED" : dice < 995 ? "CANCELLED" : "ROLLED_BACK");
        values.put("submitted_at", START.plusMillis(number * 25_000 + random.nextInt(20_000)));
        values.put("submitted_by", "person-" + random.nextInt(200));
        values.put("rows_read", (long) random.nextInt(1_000_000));
        return new Document(tenant, "run", runId(number), 1, values, BODY);
    }

    static String runId(long number) {
        return "r-" + Long.toString(number * 2_654_435_761L % 4_294_967_291L + 4_294_967_291L, 36);
    }

    static Document event(String tenant, String id, String subject, long number) {
        return new Document(
                tenant,
                "audit_event",
                id,
                1,
                Map.of("subject", subject, "number", number, "at", START.plusMillis(number)),
                "{\"who\": \"ada\", \"what\": \"RUN_SUBMITTED\", \"before\": null, \"hash\": \"" + "0f".repeat(32)
                        + "\"}");
    }

    static Document key(String tenant, String id) {
        return new Document(tenant, "idempotency_key", id, 1, Map.of("expires_at", START), "{}");
    }
}
