// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tenants and their jobs: answers each request as the protocol says. Guarded by the server's lock. */
final class Tenants {
    private static final Pattern TOKEN = Pattern.compile("/auth/realms/[^/]+/protocol/openid-connect/token");
    private static final Pattern START = Pattern.compile("/([^/]+)/api/v4/(export|import)");
    private static final Pattern LIST = Pattern.compile("/([^/]+)/api/v4/(export|import)/status");
    private static final Pattern STATUS = Pattern.compile("/([^/]+)/api/v4/(export|import)/([^/]+)/status");
    private static final Pattern CANCEL = Pattern.compile("/([^/]+)/api/v4/export/([^/]+)");
    private static final Pattern FILE = Pattern.compile("/([^/]+)/files/([^/]+)/([^/?]+)\\?signature=(-?\\d+)");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    private final String url;
    private final Clock clock;
    private final Guard guard = new Guard();
    private final Map<String, ScriptedJob> jobs = new LinkedHashMap<>();
    private final Map<String, Deque<JobScript>> scripts = new HashMap<>();

    Tenants(String url, Clock clock) {
        this.url = url;
        this.clock = clock;
    }

    Guard guard() {
        return guard;
    }

    void script(String kind, JobScript script) {
        scripts.computeIfAbsent(kind, none -> new ArrayDeque<>()).add(script);
    }

    static Stage stage(String method, String path) {
        if (method.equals("POST") && TOKEN.matcher(path).matches()) {
            return Stage.TOKEN;
        }
        if (method.equals("POST") && START.matcher(path).matches()) {
            return Stage.START;
        }
        if (method.equals("PATCH") && CANCEL.matcher(path).matches()) {
            return Stage.CANCEL;
        }
        if (!method.equals("GET")) {
            return Stage.OTHER;
        }
        if (LIST.matcher(path).matches()) {
            return Stage.LIST;
        }
        if (STATUS.matcher(path).matches()) {
            return Stage.STATUS;
        }
        return FILE.matcher(path).matches() ? Stage.FILE : Stage.OTHER;
    }

    Answer answer(RecordedRequest request) {
        // Addresses of files authorise themselves, and the token endpoint looks for itself.
        boolean open = request.stage() == Stage.FILE || request.stage() == Stage.TOKEN;
        if (!open && !guard.admits(request)) {
            return Answer.error(401, "unauthorized", "no valid credentials");
        }
        return switch (request.stage()) {
            case TOKEN -> guard.token(request);
            case START -> start(request, groups(START, request));
            case STATUS -> status(groups(STATUS, request));
            case CANCEL -> cancel(request, groups(CANCEL, request));
            case LIST -> list(groups(LIST, request));
            case FILE -> file(request, groups(FILE, request));
            case OTHER -> Answer.error(404, "not_found", "no such address");
        };
    }

    private Answer start(RecordedRequest request, List<String> path) {
        String kind = path.get(1);
        Optional<byte[]> json =
                kind.equals("export") ? Optional.of(request.body()) : request.part("importRequestEntity");
        Optional<Map<String, Object>> fields = json.flatMap(Json::parse);
        if (fields.isEmpty()) {
            return Answer.error(400, "bad_request", "no JSON object in the request");
        }
        if (kind.equals("import") && request.part("file").isEmpty()) {
            return Answer.error(400, "bad_request", "no part 'file' in the request");
        }
        Deque<JobScript> queue = scripts.getOrDefault(kind, new ArrayDeque<>());
        JobScript script = queue.isEmpty() ? JobScript.succeeding() : queue.poll();
        String id = kind + "-" + (jobs.size() + 1);
        ScriptedJob job = new ScriptedJob(kind, id, url + "/" + path.get(0), script, fields.get());
        jobs.put(id, job);
        return Answer.json(200, job.document(clock));
    }

    private Answer status(List<String> path) {
        ScriptedJob job = find(path.get(0), path.get(1), path.get(2));
        if (job == null) {
            return noJob();
        }
        job.check();
        Answer answer = Answer.json(200, job.document(clock));
        return job.script()
                .retryAfter()
                .filter(pause -> !job.hasEnded())
                .map(pause -> answer.with(Map.of(
                        "x-retry-after", String.valueOf(pause.toMillis() / 1000.0),
                        "Retry-After", String.valueOf(pause.toSeconds()))))
                .orElse(answer);
    }

    private Answer cancel(RecordedRequest request, List<String> path) {
        ScriptedJob job = find(path.get(0), "export", path.get(1));
        if (job == null) {
            return noJob();
        }
        if (!Json.parse(request.body()).equals(Optional.of(Map.of("export_status", "cancelled")))) {
            return Answer.error(400, "bad_request", "export_status can only be set to cancelled");
        }
        job.cancel();
        return Answer.json(200, job.document(clock));
    }

    private Answer list(List<String> path) {
        String kind = path.get(1);
        List<Object> running = new ArrayList<>();
        List<Object> recent = new ArrayList<>();
        for (ScriptedJob job : jobs.values()) {
            if (job.kind().equals(kind) && job.tenantUrl().equals(url + "/" + path.get(0))) {
                Map<String, Object> document = job.document(clock);
                (job.hasEnded() ? recent : running)
                        .add(Map.of(
                                "object", kind,
                                "id", job.id(),
                                "data",
                                        Map.of(
                                                kind + "_status",
                                                job.status(),
                                                "response_timestamp",
                                                document.get("response_timestamp"),
                                                "process_time",
                                                document.get("process_time"))));
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("in_progress_" + kind + "s", running);
        answer.put("recent_" + kind + "s", recent);
        answer.put("tenant", Map.of("status", Map.of(kind + "_api_jobs_in_progress", running.size())));
        return Answer.json(200, answer);
    }

    private Answer file(RecordedRequest request, List<String> path) {
        ScriptedJob job = find(path.get(0), "export", path.get(1));
        byte[] content = job == null ? null : job.file(path.get(2));
        if (content == null || !path.get(3).equals(String.valueOf(path.get(1).hashCode()))) {
            return Answer.error(404, "not_found", "no such file");
        }
        Map<String, String> headers =
                Map.of("Content-Type", "application/zip", "Accept-Ranges", "bytes", "ETag", "\"" + path.get(1) + "\"");
        Matcher range = RANGE.matcher(request.header("range").orElse(""));
        int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
        if (from == 0) {
            return new Answer(200, headers, content);
        }
        if (from >= content.length) {
            return Answer.error(416, "no_range", "the file has " + content.length + " bytes");
        }
        return new Answer(206, headers, Arrays.copyOfRange(content, from, content.length))
                .with(Map.of("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length));
    }

    private @Nullable ScriptedJob find(String tenant, String kind, String id) {
        ScriptedJob job = jobs.get(id);
        return job != null && job.kind().equals(kind) && job.tenantUrl().equals(url + "/" + tenant) ? job : null;
    }

    private static Answer noJob() {
        return Answer.error(404, "not_found", "no such job");
    }

    private static List<String> groups(Pattern pattern, RecordedRequest request) {
        Matcher matcher = pattern.matcher(request.path());
        List<String> groups = new ArrayList<>();
        if (matcher.matches()) {
            for (int i = 1; i <= matcher.groupCount(); i++) {
                // The tenant stays encoded, as it goes into addresses again.
                groups.add(i == 1 ? matcher.group(i) : URLDecoder.decode(matcher.group(i), StandardCharsets.UTF_8));
            }
        }
        return groups;
    }
}
