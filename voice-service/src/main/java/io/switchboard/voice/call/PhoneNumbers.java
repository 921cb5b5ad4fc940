package io.switchboard.voice.call;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the E.164 number in what providers send as one, where there is one. */
final class PhoneNumbers {
    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    /** Digits and what people put between them; else the library finds numbers in {@code client:agent4155550100} too. */
    private static final Pattern DIALLED = Pattern.compile("\\+?[\\d\\s().\\-/]{3,40}");

    /** A trunk's user part is a telephone number for sure only where it is international. */
    private static final Pattern URI = Pattern.compile("(?:sips?|tel):(\\+\\d{3,20})(?:[@;].*)?");

    /** What Twilio sends for a withheld number: it spells "anonymous" on a telephone's keys. */
    private static final String WITHHELD = "+266696687";

    private PhoneNumbers() {}

    /**
     * Null for anything else. A number need only be possible, not in use.
     *
     * @param region of numbers without a country code, such as {@code US}
     */
    static @Nullable String e164(@Nullable String verbatim, String region) {
        if (verbatim == null) {
            return null;
        }
        Matcher uri = URI.matcher(verbatim.strip());
        String dialled = uri.matches() ? uri.group(1) : verbatim.strip();
        return DIALLED.matcher(dialled).matches() && !dialled.equals(WITHHELD) ? possible(dialled, region) : null;
    }

    private static @Nullable String possible(String dialled, String region) {
        try {
            PhoneNumber number = LIBRARY.parse(dialled, region);
            return LIBRARY.isPossibleNumber(number) ? LIBRARY.format(number, PhoneNumberFormat.E164) : null;
        } catch (NumberParseException none) {
            return null;
        }
    }
}
