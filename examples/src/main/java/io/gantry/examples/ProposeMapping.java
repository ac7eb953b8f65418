// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.mapping.MappingProposal;
import io.gantry.pipeline.FileFormat;
import io.gantry.spi.file.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.LocalDate;

/**
 * Has a mapping proposed from a real file whose columns are named otherwise, and whose years have two digits: which century they
 * are in is asked.
 */
public final class ProposeMapping {

    private ProposeMapping() {}

    record Guest(long year, LocalDate show, String group, String rawGuestList) {}

    /**
     * Prints the proposal.
     *
     * @param arguments none
     * @throws IOException when the file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        try (Gantry gantry = Gantry.builder()
                        .dataset(Datasets.of(Guest.class).named("guests").inMemory())
                        .build();
                InputStream sample = Files.newInputStream(School.data("daily-show-guests.csv"))) {
            Workspace television = gantry.workspace(Principal.owner("television", "ada"));
            StoredFile file = television.store("daily-show-guests.csv", sample);
            MappingProposal proposal = television.proposeMapping("guests", FileFormat.csv(), file.ref());
            proposal.matches().forEach(System.out::println);
            proposal.questions().forEach(question -> System.out.println(question.column() + ": " + question.text()));
            System.out.println("not used: " + proposal.unusedColumns());
            System.out.println(proposal.mapping().toJson());
        }
    }
}
