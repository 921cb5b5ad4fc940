package io.switchboard.voice.assistant;

import io.switchboard.voice.livecall.AssistantSettings;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client's assistant that a provider keeps for this client alone: what is another client's or an agent's, too, is not a client's
 * to change there.
 *
 * @param id the provider's
 * @param ownerId of the voice agent behind it; null without one
 */
record KeptAssistant(String provider, String id, @Nullable UUID ownerId, AssistantSettings settings) {
    static final String FIND = "select c.provider, c.provider_assistant_id, c.first_message, c.voice,"
            + " c.model, c.eval_method, c.max_call_duration, (select a.owner_id from agents a where a.org_id = c.org_id"
            + " and a.id = c.agent_id) as owner_id"
            + " from client_assistants c where c.org_id = $1 and c.id = $2 and c.provider_assistant_id is not null"
            + " and not exists (select from client_assistants o where o.org_id = c.org_id and o.provider = c.provider"
            + " and o.provider_assistant_id = c.provider_assistant_id and o.client_id <> c.client_id)"
            + " and not exists (select from agents g where g.org_id = c.org_id and coalesce(g.provider, c.provider) = c.provider"
            + " and g.provider_assistant_id = c.provider_assistant_id)";

    static KeptAssistant of(Row row) {
        return new KeptAssistant(
                row.getString("provider"),
                row.getString("provider_assistant_id"),
                row.getUUID("owner_id"),
                new AssistantSettings(
                        row.getString("first_message"),
                        row.getString("voice"),
                        row.getString("model"),
                        row.getString("eval_method"),
                        row.getInteger("max_call_duration")));
    }
}
