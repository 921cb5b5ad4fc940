package io.switchboard.kit.stream;

import io.vertx.sqlclient.Row;

/**
 * What streams of one kind carry. A stream follows one subject of one organization, such as a user's notifications or one
 * import.
 *
 * <p>Kinds are of two sorts. One that tells of <em>new records</em> sends each record once, and continues behind Last-Event-ID;
 * keys are the records' ids, UUIDs of version 7. One that tells of a <em>state</em> begins with the state as it is, and sends it
 * again whenever its key has changed.
 */
public interface StreamKind {

    /** Such as {@code notifications}; unique in the service. */
    String name();

    /**
     * One statement for many streams, as a rule {@code select … from a_listed_definer_function($1, $2, $3, $4, $5)}. It sees
     * nothing else of the database, as no tenant is named. Its parameters:
     *
     * <ol>
     *   <li>{@code uuid[]}: the organizations,
     *   <li>{@code uuid[]}: the subject in each of them,
     *   <li>{@code uuid[]}: behind which key to read, for each; null for the last 15 seconds by {@code uuid_v7_floor}, since what
     *       is committed late has an older key. A kind of state ignores it,
     *   <li>{@code uuid[]}: keys to leave out,
     *   <li>{@code int}: how many rows at most for each subject, in the order of their keys; a kind of state has one.
     * </ol>
     *
     * Its columns: {@code org_id}, {@code subject}, {@code key} (all uuid), and what {@link #event} reads. Rows come in the order of their keys.
     */
    String statement();

    StreamedEvent event(Row row);

    /** Whether it tells of a state. Its key is any UUID that differs where the state does, such as {@code md5(…)::uuid}. */
    default boolean isState() {
        return false;
    }
}
