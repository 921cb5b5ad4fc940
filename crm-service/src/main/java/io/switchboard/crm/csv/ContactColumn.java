package io.switchboard.crm.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column of a file of contacts: an export writes all of them, an import reads those that a file has. */
public enum ContactColumn {
    NAME("name", "fullname", "contactname", "displayname"),
    PHONE("phone", "telephone", "phonenumber", "mobile", "mobilephone", "tel", "cell", "cellphone"),
    OTHER_PHONES("otherPhones", "otherphonenumbers"),
    EMAIL("email", "e-mail", "emailaddress", "e-mailaddress", "mail"),
    SERVICE_INTERESTS("serviceInterests", "interests", "services"),
    LEAD_SCORE("leadScore", "score"),
    LEAD_STATUS("leadStatus", "status"),
    LAST_CONTACT_AT("lastContactAt", "lastcontact"),
    NOTES("notes", "note", "comment", "comments"),
    IS_BLOCKED("isBlocked", "blocked"),
    METADATA("metadata");

    private static final String FIELD_OF_METADATA = "metadata.";

    private final String wire;
    private final Set<String> names;

    ContactColumn(String wire, String... aliases) {
        this.wire = wire;
        this.names = Set.copyOf(concat(plain(wire), aliases));
    }

    public String wire() {
        return wire;
    }

    /** Null for a header that names no field of a contact. */
    public static @Nullable ContactColumn of(String header) {
        var name = plain(header);
        return Arrays.stream(values())
                .filter(column -> column.names.contains(name))
                .findFirst()
                .orElse(null);
    }

    /** The {@code x} of {@code metadata.x}, as it is written; null for other headers. */
    public static @Nullable String metadataKey(String header) {
        var name = header.strip();
        return name.toLowerCase(Locale.ROOT).startsWith(FIELD_OF_METADATA) && name.length() > FIELD_OF_METADATA.length()
                ? name.substring(FIELD_OF_METADATA.length())
                : null;
    }

    public static List<String> header() {
        return Arrays.stream(values()).map(ContactColumn::wire).toList();
    }

    /** Case, blanks and underscores do not count. */
    private static String plain(String header) {
        return header.toLowerCase(Locale.ROOT).replaceAll("[\\s_\\p{Z}\\uFEFF]", "");
    }

    private static List<String> concat(String first, String... more) {
        var all = new java.util.ArrayList<>(List.of(more));
        all.add(first);
        return all;
    }
}
