package io.switchboard.kit.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber.CountryCodeSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the E.164 number in what people and providers write as one, where there is one. Written internationally it need only
 * be possible in its full length, since a country's plan changes faster than what we know of it; written nationally it must be
 * valid in the region, or an extension such as 1001 would become a number.
 */
public final class PhoneNumbers {
    /** For an organization without a known region: only international numbers are read. */
    public static final String NO_REGION = "ZZ";

    /** Instead of a region, for those who write E.164 without its plus. */
    public static final String NO_PLUS = "+";

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    /** As most come: nothing about it has to be mended. */
    private static final Pattern PLAIN = Pattern.compile("\\+[1-9][0-9]{5,17}");

    /** Digits and what people put between them; else the library finds numbers in {@code client:agent4155550100} too. */
    private static final Pattern DIALLED = Pattern.compile("[+(\\[]{0,2}\\d[\\d ().\\-/\\[\\]]*");

    /** A few digits, then letters as on a telephone's keys: 1-800-FLOWERS. */
    private static final Pattern VANITY = Pattern.compile("\\+?(?:[ ().\\-/]*\\d){3,6}[ ).\\-/]*"
            + "(?=(?:[^A-Za-z]*[A-Za-z]){3})([A-Za-z][A-Za-z\\d .\\-]{1,14}[A-Za-z\\d])");

    /** Digits that are dialled after the call is answered. */
    private static final Pattern EXTENSION =
            Pattern.compile("(?i)(?<![A-Za-z])(?:,+|;? ?\\(?(?:ext(?:ension|n)?|x|#)[.:=]?) ?\\d{1,8}[)#]?$");

    /** The international prefix of most countries, and the first digits of no number. */
    private static final Pattern DOUBLE_ZERO = Pattern.compile("^\\+? ?00 ?(?=[1-9])");

    /** Only dialled within the country. */
    private static final Pattern TRUNK_ZERO = Pattern.compile("(?<=\\d ?)\\(0\\)");

    /** Until 2019 mobile numbers had a 1 after the country code. */
    private static final Pattern MEXICO = Pattern.compile("521(\\d{10})");

    private static final Pattern WITHOUT_PLUS = Pattern.compile("[1-9][0-9]{6,14}");

    private PhoneNumbers() {}

    /**
     * Null for anything else.
     *
     * @param region of numbers without a country code, such as {@code US}
     */
    public static @Nullable String e164(@Nullable String verbatim, String region) {
        if (region.equals(NO_PLUS)) {
            var isWhole = verbatim != null && WITHOUT_PLUS.matcher(verbatim).matches();
            return e164(isWhole ? "+" + verbatim : verbatim, NO_REGION);
        }
        if (verbatim != null && PLAIN.matcher(verbatim).matches()) {
            return WithheldNumbers.contains(verbatim) ? null : known(parsed(verbatim, region));
        }
        var text = PhoneText.of(verbatim);
        if (text == null || WithheldNumbers.contains(text.number())) {
            return null;
        }
        var dialled = EXTENSION.matcher(text.number()).replaceFirst("").strip();
        var found = read(dialled, region);
        return found != null || !isWhole(text) ? found : read("+" + dialled, region);
    }

    /** Whether it names its country, so that {@link #e164} answers the same for every region. */
    public static boolean isInternational(String verbatim) {
        var text = PhoneText.of(verbatim);
        return text != null && text.number().startsWith("+");
    }

    /** Whether it says that the number is not told, in words or in the digits that carriers send instead. */
    public static boolean isWithheld(@Nullable String verbatim) {
        var text = PhoneText.of(verbatim);
        return text != null && (text.number().isEmpty() || WithheldNumbers.contains(text.number()));
    }

    /** WhatsApp and telephone links leave the plus out, though they name the country. */
    private static boolean isWhole(PhoneText text) {
        return (text.scheme().equals("whatsapp") || text.scheme().equals("tel"))
                && text.number().matches("[1-9][\\d ().\\-]{9,}");
    }

    private static @Nullable String read(String dialled, String region) {
        if (!DIALLED.matcher(dialled).matches()) {
            return spelled(dialled, region);
        }
        var found = known(parsed(dialled, region));
        if (found != null) {
            return found;
        }
        var mended = DOUBLE_ZERO.matcher(dialled).replaceFirst("+");
        return known(parsed(TRUNK_ZERO.matcher(mended).replaceFirst(""), region));
    }

    private static @Nullable String spelled(String dialled, String region) {
        var vanity = VANITY.matcher(dialled);
        var number = vanity.matches() ? parsed(dialled, region) : null;
        if (number == null) {
            return null;
        }
        if (number.getCountryCode() == 1) {
            LIBRARY.truncateTooLongNumber(number); // 1-800-CONTACTS has a letter more than are dialled
        }
        // Else 415 Main Road E would be one.
        return !vanity.group(1).contains(" ") || LIBRARY.getNumberType(number) == PhoneNumberType.TOLL_FREE
                ? known(number)
                : null;
    }

    private static @Nullable String known(@Nullable PhoneNumber number) {
        return number != null && isNumber(number) ? LIBRARY.format(number, PhoneNumberFormat.E164) : null;
    }

    private static @Nullable PhoneNumber parsed(String dialled, String region) {
        try {
            var number = LIBRARY.parseAndKeepRawInput(dialled, region);
            var old = MEXICO.matcher(number.getCountryCode() + String.valueOf(number.getNationalNumber()));
            return old.matches() ? number.setNationalNumber(Long.parseLong(old.group(1))) : number;
        } catch (NumberParseException notANumber) {
            return null;
        }
    }

    private static boolean isNumber(PhoneNumber number) {
        var source = number.getCountryCodeSource();
        return source == CountryCodeSource.FROM_NUMBER_WITH_PLUS_SIGN
                        || source == CountryCodeSource.FROM_NUMBER_WITH_IDD
                ? LIBRARY.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                : LIBRARY.isValidNumber(number);
    }
}
