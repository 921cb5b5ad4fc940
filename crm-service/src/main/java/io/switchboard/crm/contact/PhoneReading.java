package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was given as a phone number: E.164 where it is one, else what was given. The organization's region is asked
 * for only where the number itself names no country.
 */
@ApplicationScoped
class PhoneReading {
    private static final String NOWHERE = "ZZ";

    private final Members members;

    PhoneReading(Members members) {
        this.members = members;
    }

    /** Inside a transaction of Hibernate's. Null for nothing. */
    Uni<@Nullable String> normalized(@Nullable String given) {
        return normalized(given, () -> SessionSql.current().chain(members::defaultRegion));
    }

    /** On its own. Null for nothing. */
    Uni<@Nullable String> normalized(Tenant tenant, @Nullable String given) {
        return normalized(given, () -> members.defaultRegion(tenant));
    }

    private static Uni<@Nullable String> normalized(@Nullable String given, Supplier<Uni<String>> region) {
        if (given == null || given.isBlank()) {
            return Uni.createFrom().nullItem();
        }
        var international = PhoneNumbers.e164(given, NOWHERE);
        return international != null
                ? Uni.createFrom().item(international)
                : region.get()
                        .map(name -> PhoneNumbers.e164(given, name))
                        .map(found -> found == null ? given.strip() : found);
    }
}
