package io.switchboard.auth.mail;

import io.switchboard.kit.mail.Email;
import io.switchboard.kit.mail.SealedEmail;
import io.switchboard.kit.mail.SealedEmail.SealedRow;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Mails that tell users of each change to how they sign in, also of one that a thief has made. */
@ApplicationScoped
public class SecurityAlerts {
    private static final DateTimeFormatter TO_THE_MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'");

    private final SealedEmail sealedEmails;

    SecurityAlerts(SealedEmail sealedEmails) {
        this.sealedEmails = sealedEmails;
    }

    /** For the outbox, in the transaction of the change. */
    public SealedRow of(CallerContext caller, String email, Change change) {
        return sealedEmails.seal(caller.orgId(), compose(caller, email, change));
    }

    private static Email compose(CallerContext caller, String email, Change change) {
        return new Email(email, change.words + " at Switchboard", """
                %s at Switchboard on %s, from the address %s.

                If that was you, there is nothing to do. If not, set a new password now, and tell an administrator of your \
                organization.
                """.formatted(
                        change.words,
                        OffsetDateTime.now(ZoneOffset.UTC).format(TO_THE_MINUTE),
                        caller.origin().address()));
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
