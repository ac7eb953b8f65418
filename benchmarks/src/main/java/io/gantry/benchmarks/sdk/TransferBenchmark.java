// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sdk;

import io.gantry.sdk.Credentials;
import io.gantry.sdk.ExportRequest;
import io.gantry.sdk.ExportedFile;
import io.gantry.sdk.ImpexClient;
import io.gantry.sdk.ImportRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.HashingSource;
import okio.Okio;
import okio.Source;

/**
 * Moves 1 GB up and down through the SDK client and through the bare HTTP library, in turn, and prints the medians and
 * their ratios. To be run with {@code -Xmx64m}, as it also shows that the heap stays flat.
 */
public final class TransferBenchmark {
    private static final long MEGABYTE = 1024 * 1024;
    private static final MediaType ZIP = MediaType.get("application/zip");

    private final String server;
    private final Path bundle;
    private final Path directory;
    private final OkHttpClient bare = new OkHttpClient();

    private TransferBenchmark(String server, Path bundle, Path directory) {
        this.server = server;
        this.bundle = bundle;
        this.directory = directory;
    }

    /**
     * Runs all contestants.
     *
     * @param args megabytes to move (1024 by default) and rounds (5 by default)
     * @throws Exception if a transfer fails
     */
    public static void main(String[] args) throws Exception {
        long megabytes = args.length > 0 ? Long.parseLong(args[0]) : 1024;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        Path directory = Files.createTempDirectory("gantry-transfer-");
        Path file = directory.resolve("package.zip");
        String hash = write(file, megabytes * MEGABYTE);
        Process process = startServer(megabytes * MEGABYTE, hash);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String server = "http://localhost:" + out.readLine();
            System.out.printf(
                    Locale.ROOT,
                    "%d MB, %d rounds, -Xmx %d MB, Java %s, %d processors%n",
                    megabytes,
                    rounds,
                    Runtime.getRuntime().maxMemory() / MEGABYTE,
                    System.getProperty("java.version"),
                    Runtime.getRuntime().availableProcessors());
            new TransferBenchmark(server, file, directory).run(rounds, megabytes);
        } finally {
            process.destroy();
            Files.delete(file);
            Files.delete(directory);
        }
    }

    private void run(int rounds, long megabytes) throws Exception {
        Map<String, Work> contestants = new LinkedHashMap<>();
        try (ImpexClient client = client("plain");
                ImpexClient hashed = client("hashed")) {
            contestants.put("upload, bare OkHttp", this::bareUpload);
            contestants.put(
                    "upload, SDK client",
                    () -> client.impex().imp(ImportRequest.create().file(bundle).destination("a/b")));
            contestants.put("download, bare OkHttp", () -> bareDownload(false));
            contestants.put("download, SDK client", () -> sdkDownload(client));
            contestants.put("download + SHA-256, bare OkHttp", () -> bareDownload(true));
            contestants.put("download + SHA-256, SDK client", () -> sdkDownload(hashed));
            Map<String, List<Double>> seconds = new LinkedHashMap<>();
            Map<String, Long> peaks = new LinkedHashMap<>();
            for (int round = 0; round <= rounds; round++) {
                for (Map.Entry<String, Work> contestant : contestants.entrySet()) {
                    resetPeak();
                    long start = System.nanoTime();
                    contestant.getValue().run();
                    double taken = (System.nanoTime() - start) / 1e9;
                    if (round > 0) { // the first round is for warming up
                        seconds.computeIfAbsent(contestant.getKey(), none -> new ArrayList<>())
                                .add(taken);
                        peaks.merge(contestant.getKey(), peak(), Math::max);
                    }
                }
            }
            print(seconds, peaks, megabytes);
        }
    }

    private static void print(Map<String, List<Double>> seconds, Map<String, Long> peaks, long megabytes) {
        System.out.printf(
                Locale.ROOT, "%-34s %8s %8s %8s %7s %10s%n", "", "best s", "median s", "MB/s", "ratio", "peak heap");
        double reference = 0;
        for (Map.Entry<String, List<Double>> each : seconds.entrySet()) {
            List<Double> sorted = each.getValue().stream().sorted().toList();
            double median = sorted.get(sorted.size() / 2);
            reference = each.getKey().contains("bare") ? median : reference;
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %8.2f %8.2f %8.0f %7.2f %7d MB%n",
                    each.getKey(),
                    sorted.get(0),
                    median,
                    megabytes / median,
                    reference / median,
                    peaks.getOrDefault(each.getKey(), 0L) / MEGABYTE);
        }
    }

    private ImpexClient client(String tenant) {
        return ImpexClient.builder()
                .baseUrl(server + "/" + tenant)
                .credentials(Credentials.none())
                .build();
    }

    private void bareUpload() throws IOException {
        RequestBody body = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("file", "package.zip", RequestBody.create(bundle.toFile(), ZIP))
                .build();
        Request request = new Request.Builder()
                .url(server + "/t/api/v4/import")
                .post(body)
                .build();
        try (Response response = bare.newCall(request).execute()) {
            check(response.isSuccessful() && response.body().bytes().length > 0);
        }
    }

    private void bareDownload(boolean hashed) throws IOException {
        Path target = directory.resolve("bare.zip");
        Request request = new Request.Builder().url(server + "/file.zip").build();
        try (Response response = bare.newCall(request).execute();
                BufferedSink sink = Okio.buffer(Okio.sink(target))) {
            Source source = hashed
                    ? HashingSource.sha256(response.body().source())
                    : response.body().source();
            sink.writeAll(source);
        }
        check(Files.size(target) == Files.size(bundle));
        Files.delete(target);
    }

    private void sdkDownload(ImpexClient client) throws IOException {
        for (ExportedFile file : client.impex()
                .exp(ExportRequest.create().services("a/b").into(directory))
                .files()) {
            check(file.length() == Files.size(bundle));
            Files.delete(file.path());
        }
    }

    private static String write(Path file, long length) throws IOException, GeneralSecurityException {
        byte[] block = new byte[256 * 1024];
        StreamServer.fill(block);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = length; left > 0; left -= block.length) {
                int n = (int) Math.min(left, block.length);
                out.write(block, 0, n);
                digest.update(block, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Process startServer(long length, String hash) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamServer.class.getName(),
                        String.valueOf(length),
                        hash)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void resetPeak() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static void check(boolean good) {
        if (!good) {
            throw new IllegalStateException("a transfer was not complete");
        }
    }

    private interface Work {
        void run() throws Exception;
    }
}
