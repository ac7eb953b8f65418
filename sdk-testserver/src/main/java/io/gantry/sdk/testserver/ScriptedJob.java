// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job of the server while it goes as its script says. Guarded by the server's lock. */
final class ScriptedJob {
    private final String kind;
    private final String id;
    private final String tenantUrl;
    private final JobScript script;
    private final Map<String, Object> request;
    private final Map<String, byte[]> files;
    private int checks;
    private boolean cancelled;

    ScriptedJob(String kind, String id, String tenantUrl, JobScript script, Map<String, Object> request) {
        this.kind = kind;
        this.id = id;
        this.tenantUrl = tenantUrl;
        this.script = script;
        this.request = request;
        this.files = kind.equals("import")
                ? Map.of()
                : script.files().isEmpty() ? Map.of("package.zip", Packages.of(request)) : script.files();
    }

    String kind() {
        return kind;
    }

    String id() {
        return id;
    }

    String tenantUrl() {
        return tenantUrl;
    }

    JobScript script() {
        return script;
    }

    void check() {
        checks++;
    }

    void cancel() {
        cancelled |= !hasEnded();
    }

    boolean hasEnded() {
        return cancelled || checks > script.unfinishedChecks();
    }

    byte @Nullable [] file(String name) {
        return files.get(name);
    }

    String status() {
        return cancelled ? "cancelled" : hasEnded() ? script.finalStatus() : "in_progress";
    }

    Map<String, Object> document(Clock clock) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("object", kind);
        document.put("id", id);
        document.put("response_timestamp", clock.instant().toString());
        document.put("status", status());
        document.put("status_url", tenantUrl + "/api/v4/" + kind + "/" + id + "/status");
        document.put("process_time", checks);
        document.put("outputs", outputs());
        document.put("errors", hasEnded() && !script.errors().isEmpty() ? script.errors() : null);
        document.put("warnings", hasEnded() ? script.warnings() : List.of());
        document.put("source_system", request.get("source_system"));
        document.put("correlation_id", request.get("correlation_id"));
        if (hasEnded()) {
            document.putAll(script.fields());
        }
        return document;
    }

    private Map<String, Object> outputs() {
        boolean good = hasEnded() && !cancelled && script.errors().isEmpty();
        Map<String, Object> outputs = new LinkedHashMap<>();
        if (kind.equals("export")) {
            outputs.put("files", good ? fileList() : List.of());
        }
        outputs.put("services", good ? services(false) : List.of());
        outputs.put("service_versions", good ? services(true) : List.of());
        return outputs;
    }

    private List<Object> fileList() {
        List<Object> list = new ArrayList<>();
        files.forEach((name, content) -> {
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("file", tenantUrl + "/files/" + id + "/" + encoded(name) + "?signature=" + id.hashCode());
            if (script.announcesHashes()) {
                file.put("file_hash", sha256(content));
            }
            list.add(file);
        });
        return list;
    }

    /** One service for each that the request names, and of each one version. */
    private List<Object> services(boolean versions) {
        List<Object> list = new ArrayList<>();
        Object inputs = request.get("inputs");
        if (!(inputs instanceof Map<?, ?> named)) {
            return list;
        }
        if (named.get("services") instanceof List<?> uris) {
            uris.forEach(uri -> list.add(end(String.valueOf(uri), "source", versions)));
        }
        if (named.get("services_modify") instanceof List<?> mappings) {
            for (Object each : mappings) {
                if (!(each instanceof Map<?, ?> mapping)) {
                    continue;
                }
                Map<String, Object> item = end(String.valueOf(mapping.get("service_uri_source")), "source", versions);
                Object target = mapping.get("service_uri_destination");
                item.putAll(end(
                        String.valueOf(target == null ? mapping.get("service_uri_source") : target),
                        "destination",
                        versions));
                item.put("status", "added");
                list.add(item);
            }
        }
        return list;
    }

    private static Map<String, Object> end(String uri, String end, boolean version) {
        Map<String, Object> item = new LinkedHashMap<>();
        String bare = uri.contains("[") ? uri.substring(0, uri.indexOf('[')) : uri;
        item.put("service_uri_" + end, version ? bare + "[1.0.0]" : bare);
        item.put("folder_" + end, bare.contains("/") ? bare.substring(0, bare.indexOf('/')) : "");
        item.put("service_" + end, bare.substring(bare.indexOf('/') + 1));
        item.put("service_id_" + end, "service-of-" + bare);
        if (version) {
            item.put("version_" + end, "1.0.0");
            item.put("version_id_" + end, "version-of-" + bare);
        }
        return item;
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
