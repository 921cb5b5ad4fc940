package io.switchboard.voice.retention;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.OptimisticLockException;

/** The call settings of the caller's organization; {@code expire_call_data} goes by them. */
@ApplicationScoped
class CallSettings {
    private static final String COLUMNS = "recording_days, transcript_days, raw_body_days, version";
    private static final String FIND = "select " + COLUMNS + ", current_org_id() as org_id from call_settings_now()";

    /** Only over the version that was read; the settings of an organization without a row have version 0. */
    private static final String PUT =
            "insert into call_settings as s (org_id, recording_days, transcript_days, raw_body_days, version)"
                    + " values ($1, $2, $3, $4, 1) on conflict (org_id) do update"
                    + " set recording_days = excluded.recording_days, transcript_days = excluded.transcript_days,"
                    + " raw_body_days = excluded.raw_body_days where s.version = $5 returning " + COLUMNS + ", org_id";

    private final TenantSql sql;

    CallSettings(TenantSql sql) {
        this.sql = sql;
    }

    Uni<CallSettingsView> show(CallerContext caller) {
        return sql.first(caller, FIND, Tuple.tuple(), CallSettingsView::of);
    }

    /** Fails with {@code changed_meanwhile}. */
    Uni<CallSettingsView> put(CallerContext caller, CallSettingsForm form, IfMatch ifMatch) {
        return show(caller)
                .invoke(ifMatch::check)
                .chain(before -> form.equals(before.form())
                        ? Uni.createFrom().item(before)
                        : put(caller, form, before.version()));
    }

    private Uni<CallSettingsView> put(CallerContext caller, CallSettingsForm form, int version) {
        var args = Tuple.of(caller.orgId(), form.recordings(), form.transcripts(), form.rawBodies(), version);
        return sql.first(caller, PUT, args, CallSettingsView::of)
                .onItem()
                .ifNull()
                .failWith(() -> new OptimisticLockException("another version by now"));
    }
}
