// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.ImportMappingBuilder;
import io.gantry.mapping.MappingProposal;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.validation.IssueSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Imports single cells into a dataset with a field of each type, and tells what became of them. */
final class ValueImports implements AutoCloseable {

    /** A field of each type. */
    record Cell(
            String id,
            @Nullable Long whole,
            @Nullable BigDecimal amount,
            @Nullable Double ratio,
            @Nullable Boolean flag,
            @Nullable LocalDate day,
            @Nullable LocalTime time,
            @Nullable Instant at,
            @Nullable String text) {}

    private static final FileFormat CSV =
            FileFormat.csv().with("delimiter", ",").with("quote", "\"");

    final RecordDataset<Cell> cells =
            Datasets.of(Cell.class).named("cells").key("id").inMemory();
    final Gantry gantry = Gantry.builder().dataset(cells).build();
    final Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
    private static final Pattern REJECTED = Pattern.compile("(?m)^(\\d+),([A-Z_ ]+),");
    private int pipelines;

    /** A file with the texts as cells of one field, under ids from 1. */
    static String file(String field, List<String> texts) {
        StringBuilder csv = new StringBuilder("id," + field + "\n");
        for (int i = 0; i < texts.size(); i++) {
            csv.append(i + 1)
                    .append(",\"")
                    .append(texts.get(i).replace("\"", "\"\""))
                    .append("\"\n");
        }
        return csv.toString();
    }

    /** Imports a file. */
    Run run(ImportMapping mapping, String csv) {
        String code = "p" + pipelines++;
        workspace.pipelines().createActive(NewPipeline.importing(code, "cells", CSV, mapping));
        return workspace
                .runs()
                .submit(RunRequest.ofStored(
                        code, workspace.store(code + ".csv", bytes(csv)).ref()))
                .await();
    }

    private static ByteArrayInputStream bytes(String csv) {
        return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }

    static ImportMapping mapping(String field, UnaryOperator<ImportMappingBuilder> reading) {
        return ImportMapping.of(mapping -> reading.apply(mapping.column("id").column(field))
                .skipInvalidRows()
                .replace());
    }

    /** What each text becomes: its value, or the code of what is wrong; warnings stand behind a value. */
    List<String> read(String field, UnaryOperator<ImportMappingBuilder> reading, String... texts) {
        Run run = run(mapping(field, reading), file(field, List.of(texts)));
        Map<Integer, String> rejected = rejected(run);
        List<String> results = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            String id = String.valueOf(i + 1);
            int row = i + 2;
            StringBuilder result = new StringBuilder();
            cells.records().stream()
                    .filter(cell -> cell.id().equals(id) && !rejected.containsKey(row))
                    .forEach(cell -> result.append(value(field).apply(cell)));
            result.append(rejected.getOrDefault(i + 2, ""));
            for (IssueSummary issue : run.report().issues()) {
                long line = i + 2L;
                if (issue.warning() && issue.examples().stream().anyMatch(example -> example.line() == line)) {
                    result.append(result.isEmpty() ? "" : " ").append(issue.code());
                }
            }
            results.add(result.toString());
        }
        return results;
    }

    /** The codes of the rejected records by their number. */
    static Map<Integer, String> rejected(Run run) {
        Map<Integer, String> codes = new HashMap<>();
        run.rejects().ifPresent(file -> {
            try (InputStream in = file.open()) {
                Matcher row = REJECTED.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                while (row.find()) {
                    codes.put(Integer.valueOf(row.group(1)), row.group(2));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return codes;
    }

    private static Function<Cell, @Nullable Object> value(String field) {
        return switch (field) {
            case "whole" -> Cell::whole;
            case "amount" ->
                cell -> cell.amount() == null ? null : cell.amount().toPlainString();
            case "ratio" -> Cell::ratio;
            case "flag" -> Cell::flag;
            case "day" -> Cell::day;
            case "time" -> Cell::time;
            case "at" -> Cell::at;
            case "text" -> Cell::text;
            default -> Cell::id;
        };
    }

    /** Has a mapping proposed for a file. */
    MappingProposal propose(String csv) {
        return workspace.proposeMapping(
                "cells", CSV, workspace.store("sample.csv", bytes(csv)).ref());
    }

    @Override
    public void close() {
        gantry.close();
    }
}
