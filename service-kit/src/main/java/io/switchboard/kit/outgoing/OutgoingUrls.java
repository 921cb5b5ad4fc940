package io.switchboard.kit.outgoing;

import io.switchboard.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads the URLs that tenants give. */
@ApplicationScoped
public class OutgoingUrls {
    private final AllowedHosts allowed;

    OutgoingUrls(AllowedHosts allowed) {
        this.allowed = allowed;
    }

    /** Fails with 422 for the field, or gives the URL as it may be stored. Asks no name server. */
    public String require(String field, String given) {
        try {
            return of(given).text();
        } catch (UrlRefused refused) {
            throw Problem.invalid(field, refused.getMessage());
        }
    }

    /** Fails with {@link UrlRefused}. */
    public OutgoingUrl of(String text) {
        return OutgoingUrl.of(text, allowed);
    }
}
