package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was given as a phone number: E.164 where it is one, else what was given. The organization's region is asked
 * for only where the number itself names no country.
 */
@ApplicationScoped
class PhoneReading {
    private static final Pattern URI = Pattern.compile("(?i)(sips?|tel):\\S+");

    private final Members members;

    PhoneReading(Members members) {
        this.members = members;
    }

    /** What a person gave, inside a transaction of Hibernate's. Null for nothing; fails with {@code invalid} for what is no number. */
    Uni<@Nullable String> checked(@Nullable String given) {
        if (given == null) {
            return Uni.createFrom().nullItem();
        }
        return read(given, () -> SessionSql.current().chain(members::defaultRegion))
                .map(found -> found == null && URI.matcher(given.strip()).matches() ? given.strip() : found)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.invalid("phone", "is a telephone number, or a sip: or tel: URI"));
    }

    /** What anything gave, on its own: what is no number stays as it came. Null for nothing. */
    Uni<@Nullable String> normalized(CallerContext caller, @Nullable String given) {
        return given == null || given.isBlank()
                ? Uni.createFrom().nullItem()
                : read(given, () -> members.defaultRegion(caller)).map(found -> found == null ? given.strip() : found);
    }

    private static Uni<@Nullable String> read(String given, Supplier<Uni<String>> region) {
        return PhoneNumbers.isInternational(given)
                ? Uni.createFrom().item(() -> PhoneNumbers.e164(given, PhoneNumbers.NO_REGION))
                : region.get().map(name -> PhoneNumbers.e164(given, name));
    }
}
