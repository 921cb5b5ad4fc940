package io.switchboard.crm.contactimport;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a row says of a contact; null for blank cells, which change nothing. */
record ContactValues(
        @Nullable String name,
        @Nullable String phone,
        @Nullable String phoneAsGiven,
        List<OtherPhone> otherPhones,
        @Nullable String email,
        @Nullable List<String> serviceInterests,
        @Nullable String leadScore,
        @Nullable String leadStatus,
        @Nullable OffsetDateTime lastContactAt,
        @Nullable String notes,
        @Nullable Boolean isBlocked,
        @Nullable Map<String, Object> metadata) {

    /** A number beside the main one. @param given as it is in the file */
    record OtherPhone(String phone, String given, @Nullable String label) {}

    /** What both rows come to, one written after the other. */
    ContactValues then(ContactValues later) {
        return new ContactValues(
                last(name, later.name),
                last(phone, later.phone),
                last(phoneAsGiven, later.phone == null ? null : later.phoneAsGiven),
                joined(otherPhones, later.otherPhones),
                last(email, later.email),
                last(serviceInterests, later.serviceInterests),
                last(leadScore, later.leadScore),
                last(leadStatus, later.leadStatus),
                last(lastContactAt, later.lastContactAt),
                last(notes, later.notes),
                last(isBlocked, later.isBlocked),
                merged(metadata, later.metadata));
    }

    ContactValues withPhone(@Nullable String main, @Nullable String given) {
        return new ContactValues(
                name,
                main,
                given,
                otherPhones,
                email,
                serviceInterests,
                leadScore,
                leadStatus,
                lastContactAt,
                notes,
                isBlocked,
                metadata);
    }

    /** A row for {@code jsonb_to_recordset}. */
    Map<String, @Nullable Object> row(UUID id) {
        var row = new HashMap<String, @Nullable Object>();
        row.put("id", id.toString());
        row.put("name", name);
        row.put("phone", phone);
        row.put("phone_as_given", phoneAsGiven);
        row.put("email", email);
        row.put("service_interests", serviceInterests);
        row.put("lead_score", leadScore);
        row.put("lead_status", leadStatus);
        row.put("last_contact_at", lastContactAt == null ? null : lastContactAt.toString());
        row.put("notes", notes);
        row.put("is_blocked", isBlocked);
        row.put("metadata", metadata);
        return row;
    }

    private static <T> @Nullable T last(@Nullable T earlier, @Nullable T later) {
        return later == null ? earlier : later;
    }

    private static List<OtherPhone> joined(List<OtherPhone> earlier, List<OtherPhone> later) {
        var all = new ArrayList<>(earlier);
        all.addAll(later);
        return all;
    }

    private static @Nullable Map<String, Object> merged(
            @Nullable Map<String, Object> earlier, @Nullable Map<String, Object> later) {
        if (earlier == null || later == null) {
            return last(earlier, later);
        }
        var all = new LinkedHashMap<>(earlier);
        all.putAll(later);
        return all;
    }
}
