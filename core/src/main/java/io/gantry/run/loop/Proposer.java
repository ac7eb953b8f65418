// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.check.Names;
import io.gantry.mapping.ColumnMapping;
import io.gantry.mapping.DriftPolicy;
import io.gantry.mapping.ErrorPolicy;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.LoadRule;
import io.gantry.mapping.MappingProposal;
import io.gantry.pipeline.FileFormat;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Mode;
import io.gantry.spi.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Proposes a mapping from a sample file: columns and fields with like names whose cells can be read. */
public final class Proposer {

    private static final int SAMPLE = 500;
    private static final double LIKE = 0.6;

    private final Schema schema;
    private final List<String> header;
    private final List<List<SampledCell>> cells = new ArrayList<>();
    private int rows;

    private Proposer(Schema schema, List<String> header) {
        this.schema = schema;
        this.header = header;
        header.forEach(name -> cells.add(new ArrayList<>()));
    }

    /** A pair of a column and a field, and how well they go together. */
    private record Pair(int column, Field field, double similarity) {}

    /**
     * Proposes a mapping.
     *
     * @param file the sample
     * @param format what reads it
     * @param given how
     * @param schema of the dataset
     * @return the proposal; its mapping has no columns when nothing goes together
     * @throws IOException when the file cannot be read
     */
    public static MappingProposal propose(StoredFile file, RecordFormat format, FileFormat given, Schema schema)
            throws IOException {
        Intake intake = Intake.open(file, format, given, Limits.DEFAULT);
        Proposer proposer = new Proposer(schema, intake.header());
        proposer.read(intake);
        return proposer.propose();
    }

    private void read(Intake intake) throws IOException {
        TextBatch batch = new TextBatch(SAMPLE);
        try (RecordReader reader = intake.reader()) {
            while (rows < SAMPLE && reader.read(batch)) {
                for (int record = intake.firstData(batch); record < batch.size() && rows < SAMPLE; record++, rows++) {
                    for (int i = 0; i < cells.size(); i++) {
                        SampledCell cell = SampledCell.of(batch, record, i);
                        if (cell != null && !cell.text().isBlank()) {
                            cells.get(i).add(cell);
                        }
                    }
                }
            }
        }
    }

    private MappingProposal propose() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            for (Field field : schema.fields()) {
                if (field.mode() == Mode.READ_ONLY) {
                    continue;
                }
                double similarity = Names.similarity(header.get(i), field.name());
                if (similarity >= LIKE) {
                    pairs.add(new Pair(i, field, similarity));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::similarity).reversed());
        Set<Integer> used = new HashSet<>();
        Set<String> filled = new HashSet<>();
        List<ColumnMapping> columns = new ArrayList<>();
        List<MappingProposal.Match> matches = new ArrayList<>();
        List<MappingProposal.Question> questions = new ArrayList<>();
        for (Pair pair : pairs) {
            if (!used.contains(pair.column) && !filled.contains(pair.field.name())) {
                used.add(pair.column);
                filled.add(pair.field.name());
                ColumnReading reading =
                        ColumnReading.of(pair.field, schema, header.get(pair.column), cells.get(pair.column), rows);
                columns.add(reading.mapping());
                matches.add(reading.match(pair.similarity));
                questions.addAll(reading.questions());
            }
        }
        columns.sort(Comparator.comparingInt(column -> schema.names().indexOf(column.to())));
        LoadMode mode = schema.key().isEmpty() ? LoadMode.INSERT : LoadMode.UPSERT;
        return new MappingProposal(
                new ImportMapping(
                        columns,
                        new LoadRule(mode, List.of(), Duplicates.KEEP_FIRST, List.of(), List.of()),
                        ErrorPolicy.ALL_OR_NOTHING,
                        DriftPolicy.DEFAULT),
                matches,
                questions,
                header.stream()
                        .filter(name -> !used.contains(header.indexOf(name)))
                        .toList(),
                schema.names().stream().filter(name -> !filled.contains(name)).toList());
    }
}
