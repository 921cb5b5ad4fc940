package io.switchboard.auth.operator;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.password.Passwords;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.user.Role;
import io.switchboard.auth.user.Users;
import io.switchboard.auth.user.Users.NewUser;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.secret.Secret;
import io.switchboard.kit.start.RetryOnStartup;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Creates the first operator from the configuration; an existing one stays unchanged, its password too. */
@ApplicationScoped
class OperatorBootstrap {
    private static final Logger LOG = Logger.getLogger(OperatorBootstrap.class);

    private final TenantSql sql;
    private final Passwords passwords;
    private final Users users;
    private final RetryOnStartup retryOnStartup;
    private final Optional<String> email;
    private final Optional<Secret> password;

    OperatorBootstrap(
            TenantSql sql,
            Passwords passwords,
            Users users,
            RetryOnStartup retryOnStartup,
            @ConfigProperty(name = "switchboard.operator.email") Optional<String> email,
            @ConfigProperty(name = "switchboard.operator.password") Optional<Secret> password) {
        this.sql = sql;
        this.passwords = passwords;
        this.users = users;
        this.retryOnStartup = retryOnStartup;
        this.email = email.map(Users::normal);
        this.password = password;
    }

    void start(@Observes StartupEvent event) {
        email.ifPresent(address -> {
            var secret = checkedPassword();
            retryOnStartup.run("The first operator", () -> createIfMissing(address, secret));
        });
    }

    /** Nothing to do where the e-mail is an operator's already. */
    Uni<Void> createIfMissing(String address, Secret secret) {
        var platform = CallerContext.Value.service(CallerContext.PLATFORM, "auth-service", Origin.worker());
        return find(platform, address)
                .chain(id -> id == null
                        ? passwords
                                .hash(HashCaller.proven(address), secret.reveal())
                                .chain(hash -> add(platform, address, hash))
                        : Uni.createFrom().voidItem());
    }

    private Uni<@Nullable UUID> find(CallerContext platform, String address) {
        return users.findByEmail(platform, address);
    }

    private Uni<Void> add(CallerContext platform, String address, String hash) {
        var operator = new NewUser(UuidV7.next(), address, "Operator", Role.PLATFORM_ADMIN, hash);
        return sql.transaction(platform, statements -> users.add(platform, statements, operator))
                .onFailure(failure -> Throttle.is(failure, "email_taken"))
                .recoverWithUni(() -> find(platform, address)
                        .invoke(OperatorBootstrap::logIfMissing)
                        .replaceWithVoid());
    }

    /** Without an operator here, the e-mail belongs to a user of another organization; else another replica was faster. */
    private static void logIfMissing(@Nullable UUID operator) {
        if (operator == null) {
            LOG.error(
                    "The first operator was not created: SWITCHBOARD_OPERATOR_EMAIL belongs to a user of another organization. Set another e-mail.");
        }
    }

    /** A password that users may not choose stops the start with an error. */
    private Secret checkedPassword() {
        var secret = password.orElseThrow(() -> new IllegalStateException(
                "Set SWITCHBOARD_OPERATOR_PASSWORD too: SWITCHBOARD_OPERATOR_EMAIL is set without it"));
        try {
            Passwords.check("password", secret.reveal());
            return secret;
        } catch (Problem unfit) {
            throw new IllegalStateException(
                    "Set another SWITCHBOARD_OPERATOR_PASSWORD: it is too short, too long or easy to guess");
        }
    }
}
