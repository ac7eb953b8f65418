// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.audit.AuditQuery;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Two tenants of one engine have datasets of the same name, and see nothing of each other. */
public final class TwoTenants {

    private TwoTenants() {}

    record Order(String id, int pieces) {}

    /**
     * Loads for one tenant, and looks at it as the other.
     *
     * @param arguments none
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Files.writeString(Files.createTempFile("orders", ".csv"), "id,pieces\n1,3\n2,5\n");
        RecordDataset<Order> redOrders = orders();
        RecordDataset<Order> blueOrders = orders();
        Map<String, List<RecordDataset<Order>>> datasets =
                Map.of("red", List.of(redOrders), "blue", List.of(blueOrders));
        try (Gantry gantry = Gantry.builder()
                .datasets(tenant -> datasets.getOrDefault(tenant, List.of()))
                .build()) {
            Workspace red = gantry.workspace(Principal.owner("red", "ada"));
            Workspace blue = gantry.workspace(Principal.owner("blue", "bob"));
            red.pipelines()
                    .createActive(NewPipeline.importing(
                            "orders",
                            "orders",
                            FileFormat.csv(),
                            columns -> columns.columns("id", "pieces").upsert()));
            Run run = red.runs().submit("orders", file).await();
            System.out.println("red:  " + redOrders.records().size() + " orders, "
                    + red.audit().find(AuditQuery.ALL).items().size() + " audit events");
            System.out.println("blue: " + blueOrders.records().size() + " orders, "
                    + blue.audit().find(AuditQuery.ALL).items().size() + " audit events");
            for (String id : List.of(run.id(), "no-such-run")) {
                try {
                    blue.runs().get(id);
                } catch (GantryException e) {
                    System.out.println("blue: " + e.code()); // a run of others looks like one that never was
                }
            }
        }
    }

    private static RecordDataset<Order> orders() {
        return Datasets.of(Order.class).named("orders").key("id").inMemory();
    }
}
