// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

class InMemoryDatasetContractTest extends DatasetContract {

    private final Map<Dataset, EditableRecords> stores = new HashMap<>();

    /** Records that someone else can change, too. */
    private static final class EditableRecords implements RecordStore<Map<String, Object>> {
        private final RecordStore<Map<String, Object>> records;

        EditableRecords(RecordStore<Map<String, Object>> records) {
            this.records = records;
        }

        @Override
        public List<Map<String, Object>> records() {
            return records.records();
        }

        @Override
        public void apply(List<Change<Map<String, Object>>> changes) {
            records.apply(changes);
        }
    }

    @Override
    protected Dataset create(String name, Schema schema) {
        Shape<Map<String, Object>> shape = Datasets.mapsOf(schema);
        EditableRecords store = new EditableRecords(new InMemoryRecords<>(shape, schema));
        Dataset dataset = new RecordDataset<>(name, schema, shape, store, (rows, rejected, issues) -> {});
        stores.put(dataset, store);
        return dataset;
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.REFERENCES));
    }

    @Override
    protected void editBySomeoneElse(Dataset dataset, Edit edit) {
        EditableRecords store = Objects.requireNonNull(stores.get(dataset));
        Map<String, Object> before = store.records().stream()
                .filter(record -> edit.key().entrySet().stream()
                        .allMatch(entry -> Objects.equals(record.get(entry.getKey()), entry.getValue())))
                .findFirst()
                .orElse(null);
        Map<String, Object> after = new LinkedHashMap<>(before == null ? Map.of() : before);
        after.putAll(edit.values());
        store.apply(List.of(
                switch (edit.kind()) {
                    case INSERT -> new RecordStore.Change<>(null, after);
                    case UPDATE -> new RecordStore.Change<>(before, after);
                    case DELETE -> new RecordStore.Change<>(before, null);
                }));
    }
}
