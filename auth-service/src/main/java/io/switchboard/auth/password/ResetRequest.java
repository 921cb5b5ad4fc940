package io.switchboard.auth.password;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.token.AddressedToken;
import io.switchboard.auth.user.Users;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.mail.Email;
import io.switchboard.kit.mail.SealedEmail;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.secret.Fingerprint;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Sends the user of an e-mail a token to set a new password. For an unknown e-mail, and for one that gets no more mail for now, the
 * same statements run and the same mail is encrypted.
 */
@ApplicationScoped
class ResetRequest {
    private static final UUID UNKNOWN = new UUID(0, 0);
    /** Counts the mails to the e-mail and finds its user. There are no limits of devices here. */
    private static final String FIND =
            "select " + Throttle.OUTCOME + ", org_id, id from begin_password_login($1, null, $2, $3)";

    /** Token, mail and audit record. */
    private static final String GRANT = """
            with person as (
                select u.id from user_accounts u where u.org_id = $1 and u.id = $2 and u.may_sign_in
            ), expired as (
                delete from password_resets r where r.org_id = $1 and r.user_id = $2 and r.expires_at <= now()
            ), reset as (
                insert into password_resets (org_id, id, user_id, token_hash) select $1, $3::uuid, p.id, $4::bytea from person p
            ), letter as (
                insert into outbox (org_id, id, destination, event)
                select $1, $5::uuid, $6::text, $7::jsonb from person p
            )
            insert into outbox (org_id, id, event)
            select $1, $8::uuid, $9::jsonb || jsonb_build_object('outcome',
                case when exists (select from person) then 'success' else 'failure' end)
            """;

    /** Longer than the work takes, so that the time of the answer tells nothing. */
    private static final int ANSWER_AFTER_MILLIS = 150;

    private static final Duration GOOD_FOR = Duration.ofMinutes(30); // as in the table

    private final TenantSql sql;
    private final Throttle throttle;
    private final Limits limits;
    private final Outbox outbox;
    private final SealedEmail sealedEmails;
    private final Fingerprint fingerprint;
    private final Vertx vertx;
    private final String resetUrl;

    ResetRequest(
            TenantSql sql,
            Throttle throttle,
            Limits limits,
            Outbox outbox,
            SealedEmail sealedEmails,
            Fingerprint fingerprint,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.reset-url", defaultValue = "http://127.0.0.1:8081/reset")
                    String resetUrl) {
        this.sql = sql;
        this.throttle = throttle;
        this.limits = limits;
        this.outbox = outbox;
        this.sealedEmails = sealedEmails;
        this.fingerprint = fingerprint;
        this.vertx = vertx;
        this.resetUrl = resetUrl;
    }

    /** The user of the e-mail; the platform and an unknown user if there is none, or none who gets another mail now. */
    private record NamedUser(UUID orgId, UUID id) {}

    /** Fails with {@code too_many_attempts} (429) for the address alone. */
    Uni<Void> ask(String given, Origin origin) {
        var email = Users.normal(given);
        return throttle.reserve(limits.resetsFrom(origin.address())).chain(() -> {
            var start = System.nanoTime();
            return grantTo(email, origin).call(() -> waitUntilAfter(start));
        });
    }

    private Uni<Void> grantTo(String email, Origin origin) {
        return sql.crossTenant(FIND, Tuple.of(email, Throttle.json(limits.resetsOf(email)), new JsonArray()))
                .map(rows -> candidate(rows.iterator().next()))
                .chain(candidate -> grant(candidate, email, origin))
                .replaceWithVoid();
    }

    private static NamedUser candidate(Row row) {
        var orgId = row.getUUID("org_id");
        return orgId == null ? new NamedUser(CallerContext.PLATFORM, UNKNOWN) : new NamedUser(orgId, row.getUUID("id"));
    }

    private Uni<?> grant(NamedUser candidate, String email, Origin origin) {
        var tenant = CallerContext.Value.service(candidate.orgId(), "auth-service", origin);
        var token = AddressedToken.next(candidate.orgId(), UuidV7.next());
        var sealed = sealedEmails.seal(candidate.orgId(), compose(email, token));
        var record = outbox.entry(tenant, event(candidate, email));
        return sql.execute(
                tenant,
                GRANT,
                Tuple.tuple()
                        .addValue(candidate.orgId())
                        .addValue(candidate.id())
                        .addValue(token.id())
                        .addValue(token.hash())
                        .addValue(sealed.id())
                        .addValue(SealedEmail.DESTINATION)
                        .addValue(sealed.event())
                        .addValue(record.id())
                        .addValue(record.event()));
    }

    private AuditEvent event(NamedUser candidate, String email) {
        @Nullable UUID userId = candidate.id().equals(UNKNOWN) ? null : candidate.id();
        return AuditEvent.success("password_reset_requested", "users", userId)
                .with(Map.of("email", fingerprint.of("email:" + email)));
    }

    private Email compose(String email, AddressedToken token) {
        return new Email(
                email,
                "Set a new password for Switchboard",
                """
                Somebody, probably you, asked for a new password for this e-mail address at Switchboard.

                Set it here within 30 minutes:

                %s#token=%s

                The link works once. If it was not you who asked, there is nothing to do: your password stays as it is.
                """.formatted(resetUrl, token.reveal()),
                Instant.now().plus(GOOD_FOR));
    }

    private Uni<Void> waitUntilAfter(long start) {
        var left = ANSWER_AFTER_MILLIS - (System.nanoTime() - start) / 1_000_000;
        return left <= 0
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().emitter(waiting -> vertx.setTimer(left, timer -> waiting.complete(null)));
    }
}
