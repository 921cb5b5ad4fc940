package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.member.OrganizationSettings;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads phone numbers as E.164. The organization's region is looked up only for a number without a country code.
 */
@ApplicationScoped
class PhoneReading {
    private static final Pattern URI = Pattern.compile("(?i)(sips?|tel):\\S+");

    private final Members members;

    PhoneReading(Members members) {
        this.members = members;
    }

    /** Of people's input, inside a transaction of Hibernate's. Null for null. Fails with {@code invalid} for anything but a number. */
    Uni<@Nullable String> check(@Nullable String given) {
        if (given == null) {
            return Uni.createFrom().nullItem();
        }
        return read(given, () -> SessionSql.current().chain(members::defaultRegion))
                .map(found -> found == null && URI.matcher(given.strip()).matches() ? given.strip() : found)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.invalid("phone", "is a telephone number, or a sip: or tel: URI"));
    }

    /** Of any source, in a transaction of its own. Text that is no number stays as it is. Null for blank text. */
    Uni<@Nullable String> normalize(CallerContext caller, @Nullable String given) {
        return given == null || given.isBlank()
                ? Uni.createFrom().nullItem()
                : read(given, () -> region(caller)).map(found -> found == null ? given.strip() : found);
    }

    /** Asks auth-service for a new organization's, of which nothing has arrived yet; where that is away, any region serves. */
    private Uni<String> region(CallerContext caller) {
        return members.settings(caller)
                .map(OrganizationSettings::defaultRegion)
                .onFailure(Problem.class)
                .recoverWithUni(() -> members.defaultRegion(caller));
    }

    private static Uni<@Nullable String> read(String given, Supplier<Uni<String>> region) {
        return PhoneNumbers.isInternational(given)
                ? Uni.createFrom().item(() -> PhoneNumbers.e164(given, PhoneNumbers.NO_REGION))
                : region.get().map(name -> PhoneNumbers.e164(given, name));
    }
}
