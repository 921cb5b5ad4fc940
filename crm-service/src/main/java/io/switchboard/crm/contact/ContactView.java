package io.switchboard.crm.contact;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A contact as it is shown. */
public record ContactView(
        UUID id,
        @Nullable String name,
        @Nullable String phone,
        @Nullable String email,
        List<String> serviceInterests,
        @Nullable LeadScore leadScore,
        LeadStatus leadStatus,
        @Nullable OffsetDateTime lastContactAt,
        @Nullable String notes,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {}
