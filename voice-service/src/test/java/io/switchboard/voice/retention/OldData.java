package io.switchboard.voice.retention;

import io.switchboard.voice.AppSql;
import java.util.List;
import java.util.UUID;

/** What calls of an organization left behind, of any age, and the runs that remove it. */
final class OldData {
    private static final String ID = AppSql.idAt("now() - days * interval '1 day' - n * interval '1 second'");

    /** Calls that began so many days ago, with a recording and a transcript. */
    static final String CALLS = """
            insert into call_logs (org_id, id, provider, provider_call_id, status, started_at, recording_url)
            select '%1$s', id, 'vapi', id::text, 'ended', now(), 'https://example.com/' || days from (
                select days, #id as id
                from unnest(array[%2$s]) days cross join generate_series(1, %3$s) n) c;
            insert into call_transcripts (org_id, call_id, transcript, weight)
            select org_id, id, 'AI: hello.', 1 from call_logs where org_id = '%1$s'""".replace("#id", ID);

    /** Events that came so many days ago. */
    static final String EVENTS = """
            insert into processed_webhook_events (org_id, id, endpoint_id, provider, event_id, type, body, status)
            select '%1$s', #id, uuid_v7(), 'vapi',
                '%3$s' || days || ':' || n, 't', 'x', '%3$s'::webhook_event_status
            from unnest(array[%2$s]) days cross join generate_series(1, %4$s) n""".replace("#id", ID);

    final UUID org = UUID.randomUUID();
    final AppSql sql;

    OldData(AppSql sql) {
        this.sql = sql;
    }

    /** It alone is due. */
    void makeDue() {
        sql.fill("delete from retention_runs");
        makeDue("now()");
    }

    void makeDue(String at) {
        sql.fill("insert into retention_runs (org_id, due_at) values ('" + org + "', " + at
                + ") on conflict (org_id) do update set due_at = excluded.due_at");
    }

    void keep(String recordings, String transcripts, String bodies) {
        sql.fill("insert into call_settings (org_id, recording_days, transcript_days, raw_body_days) values ('" + org
                + "', " + recordings + ", " + transcripts + ", " + bodies + ")");
    }

    /** Until no organization is due. */
    void run() {
        while (!step().equals(List.of("0"))) {
            // the next one
        }
    }

    List<String> step() {
        return sql.query("select expire_call_data()");
    }

    List<String> recordings() {
        return owner("select recording_url from call_logs where org_id = '" + org + "' and recording_url is not null");
    }

    List<String> bodies() {
        return owner("select event_id from processed_webhook_events where org_id = '" + org + "' and body <> ''");
    }

    int count(String table) {
        return Integer.parseInt(owner("select count(*)::text from " + table + " where org_id = '" + org + "'")
                .get(0));
    }

    List<String> audited(String action) {
        return owner("select event ->> 'newData' from outbox where org_id = '" + org + "' and event ->> 'action' = '"
                + action + "'");
    }

    List<String> owner(String query) {
        return sql.asOwner(org, query);
    }
}
