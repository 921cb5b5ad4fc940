package io.switchboard.voice;

import io.switchboard.kit.test.SchemaChecks;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void the_schema_keeps_tenants_apart() {
        SchemaChecks.run(
                "voice",
                Set.of(
                        "check_agent_limit",
                        "list_webhook_endpoint",
                        "resolve_webhook_endpoint",
                        "claim_outdated_webhook_endpoints",
                        "record_webhook_events",
                        "claim_webhook_events",
                        "release_webhook_events",
                        "update_queue_of_changed_events",
                        "rebuild_call_queue",
                        "search_transcripts",
                        "lock_call_keys",
                        "take_back_effects",
                        "link_contact",
                        "merge_contacts",
                        "erase_call_rows",
                        "erase_calls",
                        "erase_event_bodies",
                        "erase_events_of_calls",
                        "erase_dead_events",
                        "suite_statistics",
                        "suite_user_statistics",
                        "count_call",
                        "wrong_call_days",
                        "rebuild_call_days",
                        "rebuild_call_analytics",
                        "update_user_usage_tracking",
                        "record_call_run",
                        "lock_usage_of_month",
                        "push_wanted_events",
                        "claim_outdated_webhook_subscriptions",
                        "forget_subscription_deliveries",
                        "streamed_calls",
                        "forget_call_stream_events",
                        "forget_call_answers",
                        "schedule_retention",
                        "expire_call_data",
                        "claim_subscription_deliveries",
                        "release_subscription_deliveries",
                        "record_provider_answer",
                        "note_open_calls",
                        "queue_stuck_calls",
                        "settle_again"),
                Set.of("settling_position"),
                Set.of(
                        "agent_counts",
                        "agent_versions", // written with a change of the agent, which is audited
                        "processed_webhook_events",
                        "call_transcripts", // audited by its own trigger: a transcript came
                        "call_keys",
                        "call_answers",
                        "call_talks",
                        "call_fragments",
                        "tool_calls",
                        "call_queue",
                        "webhook_deliveries",
                        "call_analytics",
                        "call_breakdowns",
                        "usage_months",
                        "user_usage_tracking",
                        "merged_contacts",
                        "event_erasures",
                        "subscription_deliveries",
                        "wanted_events",
                        "call_stream_events",
                        "retention_runs",
                        "calls_to_settle",
                        "clients"));
    }
}
