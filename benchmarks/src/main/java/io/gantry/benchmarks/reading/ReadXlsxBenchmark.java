// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.reading;

import io.gantry.benchmarks.Formats;
import io.gantry.benchmarks.SampleFile;
import io.gantry.benchmarks.SampleWorkbook;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reads a workbook and finds the text of every cell. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
@State(Scope.Benchmark)
public class ReadXlsxBenchmark {

    private static final int BATCH = 4_096;

    @Param("200000")
    int rows;

    private Path file = Path.of("");

    @Setup
    public void makeFile() throws IOException {
        file = SampleWorkbook.make(Files.createDirectories(SampleFile.FOLDER), rows);
    }

    @Benchmark
    public long gantry() throws IOException {
        long characters = 0;
        long cells = 0;
        TextBatch batch = new TextBatch(BATCH);
        try (RecordReader reader = Formats.open("xlsx", file)) {
            while (reader.read(batch)) {
                for (int cell = 0; cell < batch.totalCells(); cell++) {
                    characters += batch.length(cell);
                }
                cells += batch.totalCells();
            }
        }
        return must(cells) + characters;
    }

    @Benchmark
    public long fastExcel() throws IOException {
        long characters = 0;
        long cells = 0;
        try (InputStream in = Files.newInputStream(file);
                ReadableWorkbook book = new ReadableWorkbook(in);
                Stream<Row> stream = book.getFirstSheet().openStream()) {
            for (Iterator<Row> iterator = stream.iterator(); iterator.hasNext(); ) {
                Row row = iterator.next();
                for (int i = 0; i < row.getCellCount(); i++) {
                    Cell cell = row.getCell(i);
                    characters += cell.getText().length();
                    cells++;
                }
            }
        }
        return must(cells) + characters;
    }

    /** Unpacks and scans the sheet and does nothing with it: what a parser costs that knows nothing of workbooks. */
    @Benchmark
    public long scanByAalto() throws IOException, ReflectiveOperationException, XMLStreamException {
        return scan("com.fasterxml.aalto.stax.InputFactoryImpl");
    }

    /** The same by Woodstox. */
    @Benchmark
    public long scanByWoodstox() throws IOException, ReflectiveOperationException, XMLStreamException {
        return scan("com.ctc.wstx.stax.WstxInputFactory");
    }

    /** By name: the compiler warns of annotations on these classes that come with neither library. */
    private long scan(String parser) throws IOException, ReflectiveOperationException, XMLStreamException {
        XMLInputFactory parsers =
                (XMLInputFactory) Class.forName(parser).getDeclaredConstructor().newInstance();
        long characters = 0;
        long cells = 0;
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream in = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))) {
            XMLStreamReader xml = parsers.createXMLStreamReader(in, "UTF-8");
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.CHARACTERS) {
                    characters += xml.getTextLength();
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    for (int i = 0; i < xml.getAttributeCount(); i++) {
                        characters += xml.getAttributeValue(i).length();
                    }
                    cells += xml.getLocalName().equals("c") ? 1 : 0;
                }
            }
            xml.close();
        }
        return must(cells) + characters;
    }

    private long must(long cells) {
        if (cells != 12L * (rows + 1)) {
            throw new IllegalStateException(cells + " cells");
        }
        return cells;
    }
}
