package io.switchboard.auth.operator;

import io.quarkus.runtime.StartupEvent;
import io.switchboard.auth.organization.Organizations;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.start.RetryOnStartup;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sets whether operators need a second factor, as organizations do for their admins; unset, it stays as it is. */
@ApplicationScoped
class OperatorTotpPolicy {
    private final Organizations organizations;
    private final RetryOnStartup retryOnStartup;
    private final Optional<Boolean> required;

    OperatorTotpPolicy(
            Organizations organizations,
            RetryOnStartup retryOnStartup,
            @ConfigProperty(name = "switchboard.operator.require-totp") Optional<Boolean> required) {
        this.organizations = organizations;
        this.retryOnStartup = retryOnStartup;
        this.required = required;
    }

    void start(@Observes StartupEvent event) {
        required.ifPresent(is -> retryOnStartup.run("The operators' second factor", () -> {
            var platform = CallerContext.Value.service(CallerContext.PLATFORM, "auth-service", Origin.worker());
            return organizations.requireTotp(platform, is);
        }));
    }
}
