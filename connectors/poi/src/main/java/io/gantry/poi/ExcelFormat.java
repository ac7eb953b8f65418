// SPDX-License-Identifier: Apache-2.0
package io.gantry.poi;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.DetectingFormat;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.TextReadableFormat;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Workbooks of Excel 97 to 2003 ({@code .xls}), workbooks of both forms behind a password, and {@code .xlsx}. Found by
 * {@link ServiceLoader} under the name {@code excel}; with passwords it is handed to the engine's builder:
 *
 * <pre>{@code
 * Gantry.builder().format(new ExcelFormat(name -> vault.find("workbooks/" + name)))
 * }</pre>
 *
 * <p>Options: those of the format {@code xlsx}, and {@code passwordName}, the name under which the application knows the
 * password. The password itself is part of no definition and no message. Decrypted content lies in a temporary file that only
 * the user of this process may read, until the reader is closed.
 *
 * <p>Files that it writes are {@code .xlsx} without a password.
 */
public final class ExcelFormat implements WritableFormat, DetectingFormat, CopyingFormat {

    private static final String PASSWORD_NAME = "passwordName";
    private static final String XLSX = "xlsx";

    private final Passwords passwords;

    /** Makes the format for workbooks without passwords. */
    public ExcelFormat() {
        this(name -> Optional.empty());
    }

    /**
     * Makes the format.
     *
     * @param passwords where the application keeps them
     */
    public ExcelFormat(Passwords passwords) {
        this.passwords = passwords;
    }

    @Override
    public String name() {
        return "excel";
    }

    @Override
    public Set<String> optionNames() {
        Set<String> names = new HashSet<>(xlsx(RecordFormat.class).optionNames());
        names.add(PASSWORD_NAME);
        return Set.copyOf(names);
    }

    @Override
    public void check(FormatOptions options) {
        String name = options.get(PASSWORD_NAME);
        if (name != null && name.isBlank()) {
            throw options.invalid(PASSWORD_NAME, "the name of a password, never the password itself");
        }
        xlsx(RecordFormat.class).check(others(options));
    }

    @Override
    public boolean endsAtLastCell() {
        return true;
    }

    @Override
    public RecordReader reader(FileContent file, FormatOptions options, Limits limits) throws IOException {
        OpenedWorkbook opened = open(file, options, limits);
        boolean done = false;
        try {
            RecordReader reader = new OpenedReader(
                    xlsx(TextReadableFormat.class).reader(opened, others(options), opened.limits(limits)),
                    opened,
                    file.length());
            done = true;
            return reader;
        } finally {
            if (!done) {
                opened.close();
            }
        }
    }

    @Override
    public Detection detect(FileContent file, FormatOptions given, Limits limits) throws IOException {
        try (OpenedWorkbook opened = open(file, given, limits)) {
            Detection found = xlsx(DetectingFormat.class).detect(opened, others(given), opened.limits(limits));
            String name = given.get(PASSWORD_NAME);
            return name == null
                    ? found
                    : new Detection(
                            found.options().with(PASSWORD_NAME, name),
                            found.headerRow(),
                            found.evidence(),
                            found.warnings());
        }
    }

    @Override
    public String mediaType() {
        return xlsx(WritableFormat.class).mediaType();
    }

    @Override
    public RecordWriter writer(OutputStream out, List<Field> columns, FormatOptions options) throws IOException {
        return xlsx(WritableFormat.class).writer(out, columns, others(options));
    }

    @Override
    public RecordCopier copier(OutputStream out, FormatOptions options) throws IOException {
        return xlsx(CopyingFormat.class).copier(out, others(options));
    }

    private OpenedWorkbook open(FileContent file, FormatOptions options, Limits limits) throws IOException {
        String name = options.get(PASSWORD_NAME);
        Password password = name == null ? Password.NONE : new Password(name, passwords.find(name));
        return OpenedWorkbook.of(file, password, limits);
    }

    private static FormatOptions others(FormatOptions options) {
        Map<String, String> values = new HashMap<>(options.values());
        values.remove(PASSWORD_NAME);
        return new FormatOptions(values);
    }

    private static <F extends RecordFormat> F xlsx(Class<F> capability) {
        return ServiceLoader.load(RecordFormat.class, ExcelFormat.class.getClassLoader()).stream()
                .filter(provider -> provider.type() != ExcelFormat.class)
                .map(ServiceLoader.Provider::get)
                .filter(format -> format.name().equals(XLSX) && capability.isInstance(format))
                .findFirst()
                .map(capability::cast)
                .orElseThrow(() -> new ProviderException(
                        "FORMAT_NOT_FOUND",
                        FailureKind.DATA,
                        "The format 'excel' needs the format 'xlsx', which the module gantry-core brings",
                        Map.of("format", XLSX),
                        null));
    }
}
