package io.switchboard.crm.contact;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import jakarta.ws.rs.QueryParam;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which contacts a list shows, and in which order. An empty filter is an absent one. */
public class ContactFilter {
    private static final Pattern DIALLED = Pattern.compile("[\\d\\s().+\\-/]*\\d[\\d\\s().+\\-/]*");

    @QueryParam("leadScore")
    @Parameter(description = "hot, warm or cold")
    @Nullable
    String leadScore;

    @QueryParam("leadStatus")
    @Parameter(description = "new, contacted, qualified, booked, converted or lost")
    @Nullable
    String leadStatus;

    @QueryParam("interest")
    @Parameter(description = "One of serviceInterests, in full")
    @Nullable
    String interest;

    @QueryParam("phone")
    @Parameter(description = "Any of its numbers, in full, however it is written")
    @Nullable
    String phone;

    @QueryParam("isBlocked")
    @Parameter(description = "true or false")
    @Nullable
    String isBlocked;

    @QueryParam("q")
    @Parameter(description = "Part of a name, an e-mail address or a phone number")
    @Nullable
    String q;

    @QueryParam("sort")
    @Parameter(description = "updatedAt (newest first; the default), lastContactAt (newest first) or name")
    @Nullable
    String sort;

    @Nullable
    LeadScore leadScore() {
        return EnumParam.of(LeadScore.class, "leadScore", leadScore);
    }

    @Nullable
    LeadStatus leadStatus() {
        return EnumParam.of(LeadStatus.class, "leadStatus", leadStatus);
    }

    @Nullable
    String interest() {
        return Filters.text("interest", interest);
    }

    @Nullable
    String phone() {
        return Filters.phone("phone", phone);
    }

    @Nullable
    Boolean isBlocked() {
        return Filters.flag("isBlocked", isBlocked);
    }

    @Nullable
    String words() {
        return Filters.text("q", q);
    }

    /** The digits if the words are a part of a phone number, without the leading zero of national numbers; else null. */
    @Nullable
    String digits() {
        var words = words();
        if (words == null || !DIALLED.matcher(words).matches()) {
            return null;
        }
        var digits = words.replaceAll("\\D", "").replaceFirst("^0+", "");
        return digits.isEmpty() ? null : digits;
    }

    ContactOrder order() {
        return ContactOrder.of(sort);
    }
}
