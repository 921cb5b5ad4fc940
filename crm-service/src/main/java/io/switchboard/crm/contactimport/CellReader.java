package io.switchboard.crm.contactimport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import io.switchboard.crm.contact.ContactForm;
import io.switchboard.crm.contact.LeadScore;
import io.switchboard.crm.contact.LeadStatus;
import io.switchboard.crm.contactimport.ContactValues.OtherPhone;
import io.switchboard.crm.csv.CellList;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.kit.value.Times;
import jakarta.validation.Validator;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the cells of one file. The rules are those of {@link ContactForm}. All fail with {@link RefusedCell}; null for null. */
final class CellReader {
    static final TypeReference<LinkedHashMap<String, Object>> JSON_OBJECT = new TypeReference<>() {};
    private static final Pattern URI = Pattern.compile("(?i)(sips?|tel):\\S+");
    private static final int LONGEST_PHONE = 255;
    private static final int LONGEST_LABEL = 50;
    private static final int MOST_PHONES = 19; // beside the main one
    private static final Map<String, Boolean> FLAGS =
            Map.of("true", true, "yes", true, "1", true, "false", false, "no", false, "0", false);

    private final String region;
    private final Validator validator;
    private final ObjectReader json;

    /**
     * @param region of numbers without a country code
     * @param json reads an object
     */
    CellReader(String region, Validator validator, ObjectReader json) {
        this.region = region;
        this.validator = validator;
        this.json = json;
    }

    @Nullable
    String text(String field, @Nullable String cell) {
        return checked(field, cell);
    }

    @Nullable
    String email(@Nullable String cell) {
        return checked("email", cell == null ? null : cell.strip());
    }

    String phone(String field, String cell) {
        var given = cell.strip();
        if (given.length() > LONGEST_PHONE) {
            throw new RefusedCell(field, "has at most " + LONGEST_PHONE + " characters");
        }
        var found = PhoneNumbers.e164(given, region);
        if (found == null && !URI.matcher(given).matches()) {
            throw new RefusedCell(field, "is a telephone number, or a sip: or tel: URI");
        }
        return found == null ? given : found;
    }

    /** Such as {@code +15555550142;+15555550143|office}: numbers, each perhaps with a label. */
    List<OtherPhone> otherPhones(@Nullable String cell) {
        var phones = new ArrayList<OtherPhone>();
        for (var entry : cell == null ? List.<String>of() : CellList.split(cell, ";")) {
            if (!entry.isBlank()) {
                phones.add(otherPhone(CellList.split(entry, "|")));
            }
        }
        if (phones.size() > MOST_PHONES) {
            throw new RefusedCell("otherPhones", "has at most " + MOST_PHONES + " numbers");
        }
        return phones;
    }

    private OtherPhone otherPhone(List<String> parts) {
        var given = CellList.unescape(parts.get(0)).strip();
        var label = parts.size() < 2 ? "" : CellList.unescape(parts.get(1)).strip();
        if (parts.size() > 2 || label.length() > LONGEST_LABEL) {
            throw new RefusedCell(
                    "otherPhones", "has one label behind a number, of at most " + LONGEST_LABEL + " characters");
        }
        return new OtherPhone(phone("otherPhones", given), given, label.isEmpty() ? null : label);
    }

    @Nullable
    List<String> interests(@Nullable String cell) {
        if (cell == null) {
            return null;
        }
        var interests = CellList.split(cell, ";|").stream()
                .map(CellList::unescape)
                .map(String::strip)
                .filter(interest -> !interest.isEmpty())
                .toList();
        return checked("serviceInterests", interests);
    }

    @Nullable
    String leadScore(@Nullable String cell) {
        return word(LeadScore.class, "leadScore", cell);
    }

    @Nullable
    String leadStatus(@Nullable String cell) {
        return word(LeadStatus.class, "leadStatus", cell);
    }

    private static <E extends Enum<E>> @Nullable String word(Class<E> words, String field, @Nullable String cell) {
        if (cell == null) {
            return null;
        }
        var given = cell.strip().toLowerCase(Locale.ROOT);
        var all = Arrays.stream(words.getEnumConstants()).map(EnumParam::wire).toList();
        if (!all.contains(given)) {
            throw new RefusedCell(field, "is one of: " + String.join(", ", all));
        }
        return given;
    }

    @Nullable
    OffsetDateTime time(@Nullable String cell) {
        if (cell == null) {
            return null;
        }
        var time = Times.rfc3339(cell.strip());
        if (time == null) {
            throw new RefusedCell("lastContactAt", "is a time such as 2026-06-01T00:00:00Z");
        }
        return time;
    }

    @Nullable
    Boolean flag(@Nullable String cell) {
        if (cell == null) {
            return null;
        }
        var flag = FLAGS.get(cell.strip().toLowerCase(Locale.ROOT));
        if (flag == null) {
            throw new RefusedCell("isBlocked", "is true or false");
        }
        return flag;
    }

    /** @param cell a JSON object */
    @Nullable
    Map<String, Object> metadata(@Nullable String cell, Map<String, String> columns) {
        if (cell == null && columns.isEmpty()) {
            return null;
        }
        var all = new LinkedHashMap<String, Object>(cell == null ? Map.of() : object(cell));
        all.putAll(columns);
        return checked("metadata", all);
    }

    private Map<String, Object> object(String cell) {
        try {
            Map<String, Object> object = json.readValue(cell);
            if (object != null && !cell.contains("\\u0000")) {
                return object;
            }
        } catch (JsonProcessingException notAnObject) {
            // told below
        }
        throw new RefusedCell("metadata", "is a JSON object");
    }

    private <T> @Nullable T checked(String field, @Nullable T value) {
        var wrong = value == null ? null : validator.validateValue(ContactForm.class, field, value);
        if (wrong != null && !wrong.isEmpty()) {
            throw new RefusedCell(
                    field,
                    wrong.stream().map(each -> each.getMessage()).sorted().collect(Collectors.joining(", ")));
        }
        return value;
    }

    /** A cell that is no value of its field. */
    static final class RefusedCell extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final @Nullable String field;
        final String message;

        RefusedCell(@Nullable String field, String message) {
            super(message, null, false, false);
            this.field = field;
            this.message = message;
        }
    }
}
