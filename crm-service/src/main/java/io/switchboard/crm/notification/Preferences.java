package io.switchboard.crm.notification;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.notification.NotificationPreferences.Item;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The caller's own preferences; the only place with queries on them, but for create_notification, which follows them. */
@ApplicationScoped
class Preferences {
    private static final List<NotificationChannel> USUAL = List.of(NotificationChannel.APP);
    private static final String FIND =
            "select type::text, channels from notification_preferences where org_id = $1 and user_id = $2";

    // What is not given is as usual again, and has no row.
    private static final String PUT = "with given as (select g.type::notification_type as type,"
            + " string_to_array(g.channels, ',') as channels from unnest($3::text[], $4::text[]) as g (type, channels)),"
            + " gone as (delete from notification_preferences p where p.org_id = $1 and p.user_id = $2"
            + " and p.type not in (select type from given))"
            + " insert into notification_preferences as p (org_id, user_id, type, channels)"
            + " select $1, $2, type, channels from given"
            + " on conflict (org_id, user_id, type) do update set channels = excluded.channels"
            + " where p.channels <> excluded.channels";

    private final TenantSql sql;

    Preferences(TenantSql sql) {
        this.sql = sql;
    }

    Uni<NotificationPreferences> find(CallerContext caller) {
        return sql.list(caller, FIND, Tuple.of(caller.orgId(), caller.userId()), Preferences::item)
                .map(Preferences::all);
    }

    /** Fails with {@code invalid} for a type that is given twice or without {@code app}. */
    Uni<NotificationPreferences> put(CallerContext caller, NotificationPreferences preferences) {
        check(preferences);
        var all = all(preferences.items());
        var others = all.items().stream()
                .filter(item -> !item.channels().equals(USUAL))
                .toList();
        var args = Tuple.of(
                caller.orgId(),
                caller.userId(),
                others.stream().map(item -> item.type().wire()).toArray(String[]::new),
                others.stream().map(Preferences::joined).toArray(String[]::new));
        return sql.execute(caller, PUT, args).replaceWith(all);
    }

    private static void check(NotificationPreferences preferences) {
        var items = preferences.items();
        for (int i = 0; i < items.size(); i++) {
            if (!items.get(i).channels().contains(NotificationChannel.APP)) {
                throw Problem.invalid("items[" + i + "].channels", "must contain app");
            }
        }
        if (items.stream().map(Item::type).distinct().count() < items.size()) {
            throw Problem.invalid("items", "must name each type once");
        }
    }

    /** Every type, with its channels in their order. */
    private static NotificationPreferences all(List<Item> items) {
        Map<NotificationType, Set<NotificationChannel>> known = new EnumMap<>(NotificationType.class);
        items.forEach(item -> known.put(item.type(), new TreeSet<>(item.channels())));
        return new NotificationPreferences(Stream.of(NotificationType.values())
                .map(type -> new Item(type, known.containsKey(type) ? List.copyOf(known.get(type)) : USUAL))
                .toList());
    }

    private static String joined(Item item) {
        return item.channels().stream().map(NotificationChannel::wire).collect(Collectors.joining(","));
    }

    private static Item item(Row row) {
        return new Item(
                NotificationType.of(row.getString("type")),
                Stream.of(row.getArrayOfStrings("channels"))
                        .map(NotificationChannel::of)
                        .toList());
    }
}
