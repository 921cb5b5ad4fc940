package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.availability.SpokenSlot;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.value.WrittenTime;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times that are heard and said in a call: those of the organization's time zone, which PostgreSQL knows. */
final class SpokenTimes {
    private static final String READ = "select local_time($1) as heard";
    private static final String SPEAK = "select local_text($1) as spoken";
    private static final String UNCLEAR = "I did not understand the time. Please give it like 2026-12-01T15:30.";

    private SpokenTimes() {}

    /** Of a day and a time of day. Fails with {@link ToolRefusal}. */
    static WrittenTime written(ToolArguments arguments, String name, String line) {
        var written = written(arguments, name);
        if (written == null) {
            throw new ToolRefusal(line);
        }
        if (written.time() == null) {
            throw new ToolRefusal("I need the time of day, too, like 2026-12-01T15:30.");
        }
        return written;
    }

    /** Null where it is missing. Fails with {@link ToolRefusal}. */
    static @Nullable WrittenTime written(ToolArguments arguments, String name) {
        var given = arguments.text(name, WrittenTime.LONGEST);
        var written = given == null ? null : WrittenTime.of(given);
        if (given != null && written == null) {
            throw new ToolRefusal(UNCLEAR);
        }
        return written;
    }

    /** Fails with {@link ToolRefusal} where it is no time. @param iso local where it has no offset */
    static Uni<OffsetDateTime> read(Statements statements, String iso) {
        return statements
                .first(READ, Tuple.of(iso), row -> row.getOffsetDateTime("heard"))
                .onItem()
                .ifNull()
                .failWith(() -> new ToolRefusal(UNCLEAR));
    }

    static Uni<String> speak(Statements statements, OffsetDateTime time) {
        return statements.first(SPEAK, Tuple.of(time), row -> row.getString("spoken"));
    }

    /** One, two or three times in a sentence. */
    static String list(List<SpokenSlot> slots, String lastWord) {
        var said = slots.stream().map(SpokenSlot::spoken).toList();
        var last = said.size() - 1;
        return last == 0
                ? said.get(0)
                : String.join("; ", said.subList(0, last)) + "; " + lastWord + " " + said.get(last);
    }

    /** Refuses a time that cannot be booked, and offers what can. */
    static ToolRefusal notAvailable(String spoken, List<SpokenSlot> alternatives) {
        return alternatives.isEmpty()
                ? new ToolRefusal(spoken + " is not available, and no other time is free at the moment.")
                : new ToolRefusal(
                        spoken + " is not available. Free instead: " + list(alternatives, "or") + ".",
                        Map.of("alternatives", alternatives));
    }
}
