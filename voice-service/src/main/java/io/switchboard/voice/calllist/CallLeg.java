package io.switchboard.voice.calllist;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.voice.callevent.CallDirection;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One side of a call at one provider, as its head shows it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CallLeg(
        UUID id,
        @Schema(examples = "twilio") String provider,

        @Schema(description = "The provider's id of it") String providerCallId,

        @Nullable CallDirection direction,
        @Nullable String fromNumber,
        @Nullable String toNumber,
        OffsetDateTime startedAt,
        @Nullable OffsetDateTime answeredAt,
        @Nullable OffsetDateTime endedAt,
        @Nullable Integer durationSeconds,
        @Nullable BigDecimal cost) {

    /** The legs of a row of {@code call_logs}, as JSON. */
    static final String JSON = "(select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'provider', l.provider,"
            + " 'providerCallId', l.provider_call_id, 'direction', l.direction, 'fromNumber', l.from_number,"
            + " 'toNumber', l.to_number, 'startedAt', wire_time(l.started_at), 'answeredAt', wire_time(l.answered_at),"
            + " 'endedAt', wire_time(l.ended_at), 'durationSeconds', l.duration_seconds, 'cost', l.cost::text)"
            + " order by l.started_at, l.id), '[]') from call_logs l"
            + " where l.org_id = call_logs.org_id and l.head_id = call_logs.id)";

    static CallLeg of(JsonObject leg) {
        return new CallLeg(
                UUID.fromString(leg.getString("id")),
                leg.getString("provider"),
                leg.getString("providerCallId"),
                EnumParam.fromWire(CallDirection.class, leg.getString("direction")),
                leg.getString("fromNumber"),
                leg.getString("toNumber"),
                OffsetDateTime.parse(leg.getString("startedAt")),
                time(leg, "answeredAt"),
                time(leg, "endedAt"),
                leg.getInteger("durationSeconds"),
                CallView.plain(cost(leg)));
    }

    private static @Nullable OffsetDateTime time(JsonObject leg, String name) {
        var text = leg.getString(name);
        return text == null ? null : OffsetDateTime.parse(text);
    }

    private static @Nullable BigDecimal cost(JsonObject leg) {
        var text = leg.getString("cost");
        return text == null ? null : new BigDecimal(text);
    }
}
