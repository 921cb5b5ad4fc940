package io.switchboard.auth.throttle;

import io.netty.util.NetUtil;
import io.switchboard.kit.secret.Fingerprint;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** All limits. Their keys are HMACs, so that the table of counters holds no e-mails or addresses. */
@ApplicationScoped
public class Limits {
    private static final int FAILURES = 10;
    private static final int STOP = 20;
    private static final int CHOSEN_PINS = 5;
    private static final int TAKEN_EMAILS = 30;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int RESETS = 5;
    private static final int INVITATIONS = 5;
    private static final int INVITATIONS_BY_ALL = 20;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final Fingerprint fingerprint;
    private final int pinsAMinute;
    private final int signupsAMinute;
    private final int resetsAMinute;
    private final int invitationsADay;
    private final Duration wait;
    private final Duration longestWait;

    Limits(
            Fingerprint fingerprint,
            @ConfigProperty(name = "switchboard.throttle.failed-pins-a-minute", defaultValue = "60") int pinsAMinute,
            @ConfigProperty(name = "switchboard.throttle.signups-a-minute", defaultValue = "60") int signupsAMinute,
            @ConfigProperty(name = "switchboard.throttle.resets-a-minute", defaultValue = "60") int resetsAMinute,
            @ConfigProperty(name = "switchboard.throttle.invitations-a-day", defaultValue = "200") int invitationsADay,
            @ConfigProperty(name = "switchboard.throttle.first-wait", defaultValue = "30s") Duration wait,
            @ConfigProperty(name = "switchboard.throttle.longest-wait", defaultValue = "1h") Duration longestWait) {
        this.fingerprint = fingerprint;
        this.pinsAMinute = pinsAMinute;
        this.signupsAMinute = signupsAMinute;
        this.resetsAMinute = resetsAMinute;
        this.invitationsADay = invitationsADay;
        this.wait = wait;
        this.longestWait = longestWait;
    }

    /** Failures from one address; an IPv6 address counts as its /64, which one customer has. */
    public Limit address(String ip) {
        return failures("address", network(ip));
    }

    /** Failures for one e-mail, also for one that no user has. */
    public Limit account(String email) {
        return failures("account", email).stoppingAt(STOP).cleared();
    }

    /**
     * Failures for one client id at the token endpoint, also for an unknown one. It opens again by itself: 256 random bits cannot
     * be guessed, and there is no admin who could unlock it.
     */
    public Limit accessKeyId(String clientId) {
        return failures("account", "machine", clientId);
    }

    /**
     * Failures of a signed-in user to authenticate once more. Strangers cannot fill it. It opens again by itself: a thief with an
     * admin's token could unlock it, too.
     */
    public Limit reauth(UUID userId) {
        return failures("account", "proof", userId.toString()).cleared();
    }

    /** Wrong codes of a user's second factor when signing in; only a caller with the right password gets that far. */
    public Limit totp(UUID userId) {
        return failures("account", "code", userId.toString()).stoppingAt(STOP).cleared();
    }

    /** Failures from one device of a user, known by its token. */
    public Limit device(String token) {
        return failures("device", token).stoppingAt(STOP).cleared();
    }

    /**
     * Failed PINs for one organization, also for an unknown slug. A successful sign-in takes back only its own attempt; a new PIN
     * clears the counter.
     */
    public Limit organization(String slug) {
        return failures("organization", slug).stoppingAt(STOP).with("slug", slug);
    }

    /** Failed PINs on the whole platform. */
    public Limit platform() {
        return Limit.sliding("platform", key("platform", "pins"), pinsAMinute, MINUTE);
    }

    public Limit signup(String ip) {
        return Limit.sliding("signup", key("signup", network(ip)), signupsAMinute, MINUTE);
    }

    /** Requests for a new password from one address. */
    public Limit resetsFrom(String ip) {
        return Limit.sliding("address", key("resets_from", network(ip)), resetsAMinute, MINUTE);
    }

    /** Requests for a new password for one e-mail, also for one that no user has. */
    public Limit resetsOf(String email) {
        return Limit.sliding("address", key("resets_of", email), RESETS, HOUR);
    }

    /** Chosen PINs of an organization that were refused because another client has them. */
    public Limit chosenPin(UUID orgId) {
        return Limit.sliding("chosen_pin", key("chosen_pin", orgId.toString()), CHOSEN_PINS, DAY);
    }

    /** Invitations of an organization that were refused because a user has the e-mail. */
    public Limit takenEmail(UUID orgId) {
        return Limit.sliding("taken_email", key("taken_email", orgId.toString()), TAKEN_EMAILS, DAY);
    }

    /** Invitations of an organization, each of which is a mail. */
    public Limit invitationsBy(UUID orgId) {
        return Limit.sliding("taken_email", key("invitations_by", orgId.toString()), invitationsADay, DAY);
    }

    /** Invitations of one e-mail by all organizations: unsolicited mail. */
    public Limit invitationsTo(String email) {
        return Limit.sliding("taken_email", key("invitations_to", email), INVITATIONS_BY_ALL, DAY);
    }

    /** Invitations of one e-mail by an organization. */
    public Limit invitationsOf(UUID orgId, String email) {
        return Limit.sliding("taken_email", key("invitations_of", orgId + ":" + email), INVITATIONS, DAY);
    }

    private Limit failures(String scope, String subject) {
        return failures(scope, scope, subject);
    }

    private Limit failures(String scope, String what, String subject) {
        return Limit.waiting(scope, key(what, subject), FAILURES, WINDOW, wait, longestWait);
    }

    private String key(String scope, String subject) {
        return fingerprint.of(scope + ":" + subject);
    }

    static String network(String ip) {
        var address = NetUtil.createInetAddressFromIpAddressString(ip);
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
                : ip;
    }
}
