// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner is held equal to the parser of the JDK. */
class XmlScannerTest {

    private static final int PLENTY = 1 << 24;

    /** Tags, attributes and texts as one text; texts are all that stands between two tags. */
    private static String scanned(byte[] xml) throws IOException {
        byte[] zip = Books.zip(Map.of("part", ""), Map.of("part", xml));
        StringBuilder seen = new StringBuilder();
        try (Archive archive = Archive.open(new Books.Memory("x", zip), Limits.DEFAULT);
                XmlScanner scanner = archive.scan("part")) {
            Bytes text = new Bytes();
            for (var event = scanner.next(); event != XmlScanner.Event.DONE; event = scanner.next()) {
                seen.append(event == XmlScanner.Event.START ? '<' : '>').append(Long.toHexString(scanner.name()));
                if (event == XmlScanner.Event.START) {
                    for (String name : List.of("a", "b", "r")) {
                        seen.append(' ').append(scanner.value(XmlScanner.name(name)));
                    }
                }
                text.clear();
                if (scanner.depth() > 0) {
                    assertThat(scanner.text(text, PLENTY)).isTrue();
                    seen.append('[').append(text).append(']');
                }
            }
        }
        return seen.toString();
    }

    private static String judged(String xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
        StringBuilder seen = new StringBuilder();
        StringBuilder text = new StringBuilder();
        int depth = 0;
        int home = -1;
        boolean open = false;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
                boolean start = event == XMLStreamConstants.START_ELEMENT;
                home = home < 0 ? namespace(reader) : home;
                seen.append(open ? "[" + text + "]" : "");
                seen.append(start ? '<' : '>').append(Long.toHexString(name(reader, home)));
                if (start) {
                    for (String name : List.of("a", "b", "r")) {
                        seen.append(' ').append(reader.getAttributeValue("", name));
                    }
                }
                depth += start ? 1 : -1;
                open = depth > 0;
                text.setLength(0);
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            }
        }
        return seen.toString();
    }

    private static byte namespace(XMLStreamReader reader) {
        String uri = reader.getNamespaceURI();
        return XmlNamespaces.kind(uri == null ? "" : uri);
    }

    private static long name(XMLStreamReader reader, int home) {
        byte namespace = namespace(reader);
        return namespace == home && namespace < XmlNamespaces.RELATIONS
                ? XmlScanner.name(reader.getLocalName())
                : XmlScanner.FOREIGN;
    }

    @Test
    void random_documents_are_scanned_as_the_parser_of_the_jdk_reads_them() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder xml =
                    new StringBuilder(random.nextBoolean() ? "<?xml version='1.0' encoding='UTF-8'?>\n" : "");
            element(random, 0, xml);
            xml.append(random.nextBoolean() ? "\n<!-- end -->" : "");
            String document = xml.toString();
            assertThat(scanned(document.getBytes(StandardCharsets.UTF_8)))
                    .as(document)
                    .isEqualTo(judged(document));
        }
    }

    private static void element(Random random, int depth, StringBuilder xml) {
        String name = List.of("row", "c", "x:v", "sheetData", "f").get(random.nextInt(5));
        xml.append('<').append(name).append(depth == 0 ? " xmlns:x='" + namespace(random) + "'" : "");
        if (random.nextInt(8) == 0) {
            xml.append(" xmlns='").append(namespace(random)).append('\'');
        }
        if (depth > 0 && random.nextInt(8) == 0) {
            xml.append(" xmlns:x='").append(namespace(random)).append('\'');
        }
        for (String attribute : List.of("a", "b", "x:r", "r")) {
            if (random.nextInt(3) == 0) {
                String quote = random.nextBoolean() ? "'" : "\"";
                String blank = random.nextInt(5) == 0 ? "\n " : "";
                xml.append(random.nextInt(5) == 0 ? "\n\t" : " ")
                        .append(attribute)
                        .append(blank)
                        .append('=')
                        .append(blank);
                xml.append(quote)
                        .append(List.of("", "7", "B12", "a&amp;&#x41;b", "> /", "é日")
                                .get(random.nextInt(6)));
                xml.append(quote);
            }
        }
        if (random.nextInt(4) == 0) {
            xml.append(random.nextBoolean() ? "/>" : " />");
            return;
        }
        xml.append('>');
        int children = depth > 4 ? 0 : random.nextInt(4);
        text(random, xml);
        for (int i = 0; i < children; i++) {
            element(random, depth + 1, xml);
            text(random, xml);
        }
        xml.append("</").append(name).append(random.nextInt(4) == 0 ? " >" : ">");
    }

    private static String namespace(Random random) {
        return List.of(Books.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main", "u", Books.RELATIONS)
                .get(random.nextInt(4));
    }

    private static void text(Random random, StringBuilder xml) {
        for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
            xml.append(List.of(
                            "plain",
                            " \t\n",
                            "é日本\uD83D\uDE00",
                            "&lt;&gt;&amp;&quot;&apos;",
                            "&#65;&#x1F600;",
                            "\r\n",
                            "\r",
                            "<![CDATA[<a>&amp;]] >\r\né日]]]>",
                            "<!-- <b> & -- -->".replace(" -- ", " "),
                            "<?pi a>b?>",
                            "]]",
                            "_x0041_")
                    .get(random.nextInt(12)));
        }
        if (random.nextInt(400) == 0) {
            xml.append("long ".repeat(20_000)).append("日".repeat(30_000));
        }
    }

    @Test
    void the_parts_of_real_workbooks_are_scanned_as_the_parser_of_the_jdk_reads_them() throws Exception {
        int parts = 0;
        try (var files = Files.walk(Path.of("..", "testdata"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".xlsx")).toList()) {
                try (ZipFile zip = new ZipFile(file.toFile())) {
                    for (ZipEntry entry :
                            zip.stream().filter(part -> !part.isDirectory()).toList()) {
                        try (InputStream in = zip.getInputStream(entry)) {
                            byte[] xml = in.readAllBytes();
                            assertThat(scanned(xml))
                                    .as(file + " " + entry)
                                    .isEqualTo(judged(new String(xml, StandardCharsets.UTF_8)));
                            parts++;
                        }
                    }
                }
            }
        }
        assertThat(parts).isGreaterThan(60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "text",
                "<a>",
                "<a",
                "<a b",
                "<a b=",
                "<a b='",
                "<a b='x'",
                "<a/",
                "<a></b>",
                "</a>",
                "<a/><b/>",
                "<a><b></a></b>",
                "<a b/>",
                "<a b=x/>",
                "<a b='<'/>",
                "<a/b>",
                "<>",
                "< a/>",
                "<a>&x;</a>",
                "<a>&#0;</a>",
                "<a>&#x110000;</a>",
                "<a>&amp</a>",
                "<a>&</a>",
                "<a><!-- </a>",
                "<a><![CDATA[ </a>",
                "<a><? </a>",
                "<!DOCTYPE a><a/>",
                "<a>\u0001</a>",
                "<a><![CDATA[\u0001]]></a>",
                "<a>\u0000</a>",
                "<a>&#xZ;</a>",
                "<a>&#;</a>",
                "junk<a/>",
                "<a/>junk",
                "<?xml version='1.0'?>junk<a/>",
                "<![CDATA[]]><a/>",
                "<x:a xmlns:x='u'></a>",
                "<a xmlns:x='u'></x:a>"
            })
    void what_is_no_document_is_broken(String xml) {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> scanned(xml.getBytes(StandardCharsets.UTF_8)))
                .satisfies(e -> assertThat(e.code()).isEqualTo("FILE_UNREADABLE"))
                .withMessageContaining("broken at part 'part'");
    }

    @Test
    void bytes_that_are_not_utf_8_are_broken() {
        for (int[] bad :
                new int[][] {{0x80}, {0xC0, 0x80}, {0xE0, 0x80, 0x80}, {0xED, 0xA0, 0x80}, {0xF5, 0x80}, {0xE9}}) {
            byte[] xml = "<a>1234</a>".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bad.length; i++) {
                xml[3 + i] = (byte) bad[i];
            }
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> scanned(xml))
                    .withMessageContaining("no text in UTF-8");
        }
    }

    @Test
    void elements_nested_without_end_are_refused() {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> scanned("<a>".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("nested more than 256 deep");
    }

    @Test
    void a_tag_without_end_is_refused() {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> scanned(("<a b='" + "x".repeat(3 << 20)).getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("a tag has more than 1048576 bytes");
    }
}
