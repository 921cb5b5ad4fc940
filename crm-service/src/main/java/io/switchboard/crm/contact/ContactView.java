package io.switchboard.crm.contact;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A contact as it is shown.
 *
 * @param phone the main one of its phones
 * @param isBlocked whether calls of theirs are declined
 */
public record ContactView(
        UUID id,
        @Nullable String name,
        @Nullable String phone,
        List<ContactPhoneView> phones,
        @Nullable String email,
        List<String> serviceInterests,
        @Nullable LeadScore leadScore,
        LeadStatus leadStatus,
        @Nullable OffsetDateTime lastContactAt,
        @Nullable String notes,
        boolean isBlocked,
        Map<String, Object> metadata,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    /** Those of the table alone. An empty object of metadata takes no more than 8 bytes, and is left out. */
    static final String OWN_COLUMNS = "id, name, phone, email, service_interests, lead_score::text, lead_status::text,"
            + " last_contact_at, notes, is_blocked, case when pg_column_size(metadata) > 8 then metadata end as metadata,"
            + " created_at, updated_at, version";

    /** With the main number alone, and whether there are others. Even a function that is not called costs a read by key a twentieth. */
    static final String COLUMNS_WITH_MAIN_PHONE = OWN_COLUMNS + ", null::text[] as phones, several_phones";

    /** With all numbers, oldest first, each followed by its label; null where the main one is all there is. */
    static final String COLUMNS =
            OWN_COLUMNS + ", case when several_phones then phones_of_contact(org_id, id) end as phones";

    /** What is stored in few bytes is short, however it was packed, and need not be turned into text to be counted. */
    static final List<String> LONG_TEXTS = List.of(
            "notes",
            "case when pg_column_size(service_interests) > 60 then array_to_string(service_interests, '') end",
            "case when pg_column_size(metadata) > 60 then metadata::text end",
            "array_to_string(phones, '')");

    static ContactView of(Row row) {
        var phone = row.getString("phone");
        return new ContactView(
                row.getUUID("id"),
                row.getString("name"),
                phone,
                phones(phone, row.getArrayOfStrings("phones")),
                row.getString("email"),
                List.of(row.getArrayOfStrings("service_interests")),
                LeadScore.of(row.getString("lead_score")),
                LeadStatus.of(row.getString("lead_status")),
                row.getOffsetDateTime("last_contact_at"),
                row.getString("notes"),
                row.getBoolean("is_blocked"),
                metadata(row.getJsonObject("metadata")),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }

    /** Most contacts have none, and reading an empty object takes as long as the rest of the row. */
    private static Map<String, Object> metadata(@Nullable JsonObject stored) {
        return stored == null ? Map.of() : stored.getMap();
    }

    private static List<ContactPhoneView> phones(
            @Nullable String main, @Nullable String @Nullable [] numbersAndLabels) {
        if (numbersAndLabels == null) {
            return main == null ? List.of() : List.of(new ContactPhoneView(main, null, true));
        }
        var phones = new ArrayList<ContactPhoneView>(numbersAndLabels.length / 2);
        for (int i = 0; i < numbersAndLabels.length; i += 2) {
            var number = numbersAndLabels[i];
            phones.add(new ContactPhoneView(number, numbersAndLabels[i + 1], number.equals(main)));
        }
        return phones;
    }
}
