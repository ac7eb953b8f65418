// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.local.RecordStore;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Loads records that an application keeps in its own way: behind two callbacks, one that reads and one that changes. */
public final class OwnRecords {

    private OwnRecords() {}

    record Article(String code, @Positive int stock) {}

    /** The application's own place for its articles. */
    static final class Shelf implements RecordStore<Article> {

        private List<Article> articles = List.of(new Article("a1", 3));

        @Override
        public List<Article> records() {
            return articles;
        }

        @Override
        public void apply(List<Change<Article>> changes) {
            List<Article> next = new ArrayList<>(articles);
            for (Change<Article> change : changes) {
                next.remove(change.before());
                if (change.after() != null) {
                    next.add(change.after());
                }
            }
            articles = List.copyOf(next); // all changes at once, or none
        }
    }

    /**
     * Loads and takes back.
     *
     * @param arguments none
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Files.writeString(Files.createTempFile("stock", ".csv"), "code,stock\na1,5\na2,7\n");
        Shelf shelf = new Shelf();
        try (Gantry gantry = Gantry.builder()
                .dataset(Datasets.of(Article.class).named("stock").key("code").backedBy(shelf))
                .build()) {
            Workspace shop = gantry.workspace(Principal.owner("shop", "ada"));
            shop.pipelines()
                    .createActive(NewPipeline.importing(
                            "stock",
                            "stock",
                            FileFormat.csv(),
                            mapping -> mapping.columns("code", "stock").upsert()));
            Run run = shop.runs().submit("stock", file).await();
            System.out.println(run.counts() + " " + shelf.records());
            run.rollBack(Reason.of("WRONG_FILE"));
            System.out.println(shelf.records());
        }
    }
}
