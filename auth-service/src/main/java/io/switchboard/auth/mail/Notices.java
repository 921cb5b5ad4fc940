package io.switchboard.auth.mail;

import io.switchboard.auth.mail.Envelopes.Envelope;
import io.switchboard.kit.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Letters that tell people what was changed about how they sign in, whoever changed it: a thief cannot keep it from them. */
@ApplicationScoped
public class Notices {
    private static final DateTimeFormatter TO_THE_MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'");

    private final Envelopes envelopes;

    Notices(Envelopes envelopes) {
        this.envelopes = envelopes;
    }

    /** For the outbox, in the transaction of the change. */
    public Envelope of(Tenant tenant, String email, Change change) {
        return envelopes.seal(tenant.orgId(), letter(tenant, email, change));
    }

    private static Letter letter(Tenant tenant, String email, Change change) {
        return new Letter(email, change.words + " at Switchboard", """
                %s at Switchboard on %s, from the address %s.

                If that was you, there is nothing to do. If not, set a new password now, and tell an administrator of your \
                organization.
                """.formatted(
                        change.words,
                        OffsetDateTime.now(ZoneOffset.UTC).format(TO_THE_MINUTE),
                        tenant.origin().address()));
    }

    /** What was changed. */
    public enum Change {
        PASSWORD("Your password was changed"),
        FACTOR_ADDED("A second factor was set up for your account"),
        FACTOR_GONE("The second factor of your account was removed");

        private final String words;

        Change(String words) {
            this.words = words;
        }
    }
}
