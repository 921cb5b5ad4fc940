package io.switchboard.auth.user;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The filters of a list of users. An empty one is as good as none. */
public class UserFilter {
    @QueryParam("role")
    @Parameter(description = "admin, agent, user, enterprise or customer")
    @Nullable
    String role;

    @QueryParam("isActive")
    @Parameter(description = "true or false")
    @Nullable
    String isActive;

    @QueryParam("q")
    @Parameter(description = "Part of a name or an e-mail address")
    @Nullable
    String q;

    @Nullable
    String role() {
        var chosen = EnumParam.of(Role.class, "role", role);
        return chosen == null ? null : chosen.wire();
    }

    @Nullable
    Boolean isActive() {
        return Filters.flag("isActive", isActive);
    }

    /** In lower case, as it is compared. */
    @Nullable
    String words() {
        var words = Filters.text("q", q);
        return words == null ? null : words.toLowerCase(Locale.ROOT);
    }
}
