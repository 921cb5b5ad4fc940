package io.switchboard.crm.contactimport;

import io.switchboard.crm.contactimport.ContactValues.OtherPhone;
import io.switchboard.kit.id.UuidV7;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written of some rows, so that it comes to the same as one row after the other: rows of one contact become one
 * change, and several only where its lead takes several steps.
 */
final class BatchPlan {
    private static final String FIRST_STATUS = "new";

    /** As the API keeps it, too. */
    private static final int MOST_PHONES = 20;

    private final ImportKey key;
    private final KnownContacts known;
    private final Set<LeadStep> steps;
    private final Map<UUID, ContactValues> inserts = new LinkedHashMap<>();
    private final List<Map<UUID, ContactValues>> updates = new ArrayList<>();
    private final Map<UUID, Integer> lastUpdate = new HashMap<>();
    private final Map<UUID, String> statuses = new HashMap<>();
    private final Map<String, UUID> newKeys = new LinkedHashMap<>();
    private final List<RowError> errors = new ArrayList<>();
    private int created;
    private int updated;

    /** A legal step of a lead. */
    record LeadStep(String before, String after) {}

    /**
     * Contacts by what rows name, as they are before the first of them.
     *
     * @param phones how many numbers each has, where rows add further ones
     */
    record KnownContacts(
            Map<String, UUID> byPhone,
            Map<String, List<UUID>> byEmail,
            Map<UUID, String> leadStatuses,
            Map<UUID, Integer> phones) {

        static KnownContacts none() {
            return new KnownContacts(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
        }
    }

    BatchPlan(ImportKey key, KnownContacts known, Set<LeadStep> steps) {
        this.key = key;
        this.known = known;
        this.steps = steps;
    }

    static String emailKey(String email) {
        return email.toLowerCase(Locale.ROOT);
    }

    void add(ImportRow row) {
        var refusal = row.error() != null ? row : refusal(row, row.values());
        if (refusal != null && refusal.error() != null) {
            errors.add(refusal.error());
        }
    }

    private @Nullable ImportRow refusal(ImportRow row, ContactValues values) {
        var matches = matches(values);
        if (matches.size() > 1) {
            return row.refused("email", "belongs to several contacts");
        }
        var id = matches.isEmpty() ? null : matches.get(0);
        if (values.phone() != null && isOfAnother(values.phone(), id)) {
            return row.refused("phone", "belongs to another contact");
        }
        if (values.otherPhones().stream().anyMatch(other -> isOfAnother(other.phone(), id))) {
            return row.refused("otherPhones", "has a number that belongs to another contact");
        }
        var newPhones = newPhones(values);
        var phones = id == null ? mainPhone(values) : known.phones().getOrDefault(id, 0);
        if (newPhones > 0 && phones + newPhones > MOST_PHONES) {
            return row.refused("otherPhones", "would give the contact more than " + MOST_PHONES + " numbers");
        }
        var before = id == null ? null : leadStatus(id);
        var after = values.leadStatus();
        if (before != null && after != null && !before.equals(after) && !steps.contains(new LeadStep(before, after))) {
            return row.refused("leadStatus", "does not go from " + before + " to " + after);
        }
        if (id == null) {
            create(values);
        } else {
            // The key names any of the contact's numbers, which does not become the main one.
            update(id, key == ImportKey.PHONE ? values.withPhone(null, null) : values, before);
        }
        return null;
    }

    private List<UUID> matches(ContactValues values) {
        if (key == ImportKey.EMAIL) {
            return known.byEmail().getOrDefault(emailKey(values.email()), List.of());
        }
        var id = known.byPhone().get(values.phone());
        return id == null ? List.of() : List.of(id);
    }

    private boolean isOfAnother(String phone, @Nullable UUID id) {
        var owner = known.byPhone().get(phone);
        return owner != null && !owner.equals(id);
    }

    /** Beside the main one. */
    private long newPhones(ContactValues values) {
        return values.otherPhones().stream()
                .map(OtherPhone::phone)
                .filter(phone -> !known.byPhone().containsKey(phone) && !phone.equals(values.phone()))
                .distinct()
                .count();
    }

    private static int mainPhone(ContactValues values) {
        return values.phone() == null ? 0 : 1;
    }

    private String leadStatus(UUID id) {
        return statuses.getOrDefault(id, known.leadStatuses().getOrDefault(id, FIRST_STATUS));
    }

    private void create(ContactValues values) {
        var id = UuidV7.next();
        var others = values.otherPhones();
        var whole = values.phone() == null && !others.isEmpty()
                ? values.withPhone(others.get(0).phone(), others.get(0).given())
                : values;
        inserts.put(id, whole);
        created++;
        statuses.put(id, values.leadStatus() == null ? FIRST_STATUS : values.leadStatus());
        known.phones().put(id, mainPhone(values));
        learn(id, whole, newPhones(values));
    }

    private void update(UUID id, ContactValues values, @Nullable String before) {
        updated++;
        var takesStep = values.leadStatus() != null && !values.leadStatus().equals(before);
        if (inserts.containsKey(id)) {
            inserts.merge(id, values, ContactValues::then); // a new contact may begin with any status
        } else {
            round(id, takesStep).merge(id, values, ContactValues::then);
        }
        if (takesStep) {
            statuses.put(id, values.leadStatus());
        }
        learn(id, values, newPhones(values));
    }

    /** The database looks at each step of a lead, so that two of them are two updates. */
    private Map<UUID, ContactValues> round(UUID id, boolean takesStep) {
        int last = lastUpdate.getOrDefault(id, -1);
        var earlier = last < 0 ? null : updates.get(last).get(id);
        int nth = earlier == null ? 0 : takesStep && earlier.leadStatus() != null ? last + 1 : last;
        if (nth == updates.size()) {
            updates.add(new LinkedHashMap<>());
        }
        lastUpdate.put(id, nth);
        return updates.get(nth);
    }

    private void learn(UUID id, ContactValues values, long newPhones) {
        known.phones().merge(id, (int) newPhones, Integer::sum);
        if (values.phone() != null) {
            learnPhone(values.phone(), id);
        }
        values.otherPhones().forEach(other -> learnPhone(other.phone(), id));
        if (key == ImportKey.EMAIL && known.byEmail().putIfAbsent(emailKey(values.email()), List.of(id)) == null) {
            newKeys.put(emailKey(values.email()), id);
        }
    }

    private void learnPhone(String phone, UUID id) {
        if (known.byPhone().putIfAbsent(phone, id) == null) {
            newKeys.put(phone, id);
        }
    }

    Map<UUID, ContactValues> inserts() {
        return inserts;
    }

    /** One after the other. */
    List<Map<UUID, ContactValues>> updates() {
        return updates;
    }

    List<RowError> errors() {
        return errors;
    }

    int created() {
        return created;
    }

    int updated() {
        return updated;
    }

    /** Numbers and addresses that no contact had, with those that have them now. */
    Map<String, UUID> newKeys() {
        return newKeys;
    }

    /** Of new contacts, and of those whose lead took a step. */
    Map<UUID, String> newStatuses() {
        return statuses;
    }
}
