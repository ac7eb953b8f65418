// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.Page;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.audit.AuditEvent;
import io.gantry.audit.AuditLog;
import io.gantry.audit.AuditQuery;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import org.jspecify.annotations.Nullable;

/** The audit log of a tenant, kept as documents. */
final class AuditBook implements AuditLog {

    private final Engine engine;
    private final Principal principal;

    AuditBook(Engine engine, Principal principal) {
        this.engine = engine;
        this.principal = principal;
    }

    private AuditChain chain() {
        principal.require(Permission.AUDIT_VIEW);
        return new AuditChain(engine.documents(), principal.tenant());
    }

    @Override
    public Page<AuditEvent> find(AuditQuery query) {
        principal.require(Permission.AUDIT_VIEW);
        DocumentPage page = engine.documents().query(Providers.call(() -> query(query)));
        return new Page<>(
                page.documents().stream()
                        .map(document -> Json.read(document.body(), AuditEvent.class))
                        .toList(),
                page.cursor());
    }

    private DocumentQuery query(AuditQuery query) {
        DocumentQuery found = DocumentQuery.of(principal.tenant(), Journal.EVENTS.name())
                .orderBy("sequence", true)
                .page(query.limit(), query.next());
        found = with(found, "by", DocumentQuery.Operator.EQUAL, query.by());
        found = with(found, "action", DocumentQuery.Operator.EQUAL, query.action());
        found = with(found, "subject", DocumentQuery.Operator.EQUAL, query.subject());
        found = with(found, "at", DocumentQuery.Operator.GREATER_OR_EQUAL, query.from());
        return with(found, "at", DocumentQuery.Operator.LESS, query.until());
    }

    private static DocumentQuery with(
            DocumentQuery query, String attribute, DocumentQuery.Operator operator, @Nullable Object value) {
        return value == null ? query : query.where(attribute, operator, value);
    }

    @Override
    public Head head() {
        principal.require(Permission.AUDIT_VIEW);
        return engine.journal().lastHead(principal.tenant());
    }

    @Override
    public Verification verify() {
        return chain().verify(null);
    }

    @Override
    public Verification verify(Head known) {
        return chain().verify(known);
    }
}
