package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.contact.CallContacts;
import io.switchboard.crm.contact.ContactView;
import io.switchboard.crm.contact.LeadScore;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Adds the contact with a number, or changes what the call has told of it. */
@ApplicationScoped
class UpsertContact implements Tool {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]+\\.[^@\\s.]+");

    private final CallContacts contacts;

    UpsertContact(CallContacts contacts) {
        this.contacts = contacts;
    }

    @Override
    public String name() {
        return "upsert_contact";
    }

    @Override
    public Uni<Work> prepare(CallerContext caller, ToolArguments arguments) {
        var phone = CallerNumber.of(arguments);
        var details = new CallContacts.Details(
                arguments.text("name", 200), email(arguments), score(arguments), arguments.text("notes", 5_000));
        return contacts.read(caller, phone)
                .map(number -> statements ->
                        contacts.put(caller, statements, number, details).map(UpsertContact::saved));
    }

    private static @Nullable String email(ToolArguments arguments) {
        var email = arguments.text("email", 254);
        if (email != null && !EMAIL.matcher(email).matches()) {
            throw new ToolRefusal("That is no e-mail address. Please ask for it again.");
        }
        return email;
    }

    private static @Nullable LeadScore score(ToolArguments arguments) {
        var score = arguments.text("leadScore", 50);
        return score == null
                ? null
                : Arrays.stream(LeadScore.values())
                        .filter(known -> known.wire().equalsIgnoreCase(score))
                        .findFirst()
                        .orElseThrow(() -> new ToolRefusal("The leadScore is hot, warm or cold."));
    }

    private static ToolResult saved(ContactView contact) {
        var data = new LinkedHashMap<String, Object>();
        data.put("contactId", contact.id());
        data.put("name", contact.name());
        data.put("phone", contact.phone());
        data.put("email", contact.email());
        return new ToolResult(
                "Saved: " + (contact.name() == null ? contact.phone() : contact.name()) + ".", data, contact.id());
    }
}
