// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.settings.Settings;
import io.gantry.settings.TenantSettings;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The settings of a tenant, kept as a document. */
final class SettingsBook implements Settings {

    /** What the document store is told of settings. */
    static final DocumentKind KIND = new DocumentKind("settings", Map.of());

    private static final String ID = "tenant";

    private final Engine engine;
    private final Principal principal;

    SettingsBook(Engine engine, Principal principal) {
        this.engine = engine;
        this.principal = principal;
    }

    /** A tenant's settings, for the engine's own decisions. */
    static TenantSettings of(Engine engine, String tenant) {
        return document(engine, tenant).map(document -> read(engine, document)).orElse(engine.defaults());
    }

    /** Settings that came into being after the document was written have their defaults. */
    private static TenantSettings read(Engine engine, Document document) {
        ObjectNode all = Json.MAPPER.valueToTree(engine.defaults());
        all.setAll((ObjectNode) Json.read(document.body()));
        return Json.MAPPER.convertValue(all, TenantSettings.class);
    }

    private static Optional<Document> document(Engine engine, String tenant) {
        return engine.documents().find(tenant, KIND.name(), ID);
    }

    @Override
    public TenantSettings get() {
        return of(engine, principal.tenant());
    }

    @Override
    public TenantSettings change(UnaryOperator<TenantSettings> change) {
        principal.require(Permission.SETTINGS_CHANGE);
        return engine.journal().commit(principal.tenant(), draft -> {
            Optional<Document> before = document(engine, principal.tenant());
            TenantSettings old = before.map(document -> read(engine, document)).orElse(engine.defaults());
            TenantSettings next = change.apply(old);
            Faults faults = new Faults("Settings");
            BeanRules.check(next, faults);
            faults.throwIfAny();
            if (next.equals(old)) {
                return old;
            }
            String json = Json.write(next);
            long revision = before.map(Document::revision).orElse(0L) + 1;
            Document document = new Document(principal.tenant(), KIND.name(), ID, revision, Map.of(), json);
            draft.put(document).note(principal.name(), "SETTINGS_CHANGE", "settings", null, Json.write(old), json);
            return next;
        });
    }
}
