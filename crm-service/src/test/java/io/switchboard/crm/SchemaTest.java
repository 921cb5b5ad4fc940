package io.switchboard.crm;

import io.switchboard.kit.test.SchemaChecks;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void tables_keep_tenants_apart_and_changesets_can_be_undone() {
        SchemaChecks.run(
                "crm",
                Set.of(
                        "search_contacts",
                        "take_new_ticket",
                        "announce_assignment",
                        "assign_ticket",
                        "assign_ticket_in_turn",
                        "release_tickets",
                        "search_tickets",
                        "tickets_tagged",
                        "number_ticket",
                        "follow_message",
                        "announce_message",
                        "lock_ticket_or_find_successor",
                        "merge_tickets",
                        "move_contact_tickets",
                        "close_resolved_tickets",
                        "keep_ticket_sla",
                        "recompute_ticket_sla",
                        "stamp_sla_breaches",
                        "sync_directory_calendar_feed",
                        "resolve_calendar_feed",
                        "contacts_interested_in",
                        "move_contact_notifications",
                        "erase_contact",
                        "lock_schedules",
                        "lock_category_tree",
                        "search_articles",
                        "articles_titled",
                        "articles_tagged",
                        "notifications_about",
                        "create_notification",
                        "streamed_notifications",
                        "expire_old_notifications",
                        "find_contacts_by_email",
                        "streamed_contact_imports",
                        "forget_import_chunks",
                        "forget_import_previews",
                        "forget_import_errors",
                        "forget_imports",
                        "remind_of_appointments",
                        "refresh_analytics_views",
                        "ticket_metrics_by_day",
                        "agent_performance_by_day",
                        "queue_embeddings"),
                Set.of("analytics_refreshes"),
                Set.of(
                        "contact_imports",
                        "import_chunks",
                        "contact_import_errors",
                        "contact_import_previews",
                        "wanted_events",
                        "ticket_numbers",
                        "ticket_pauses",
                        "appointment_reminders",
                        "kb_chunks",
                        "kb_chunk_revisions"));
    }
}
