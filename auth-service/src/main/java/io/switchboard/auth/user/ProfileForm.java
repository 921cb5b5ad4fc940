package io.switchboard.auth.user;

import io.switchboard.kit.text.NullOrNotBlank;
import io.switchboard.kit.text.SmallJson;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What users may change about themselves. */
public record ProfileForm(
        @NotNull @NullOrNotBlank @Size(max = 200) String fullName,

        @Nullable @Size(max = 2000) @Pattern(regexp = "https?://.+", message = "must be an http or https URL")
        String avatarUrl,

        @Size(max = 100) @SmallJson Map<String, Object> metadata) {

    public ProfileForm {
        metadata = metadata == null ? Map.of() : metadata;
    }
}
