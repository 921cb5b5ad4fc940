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

/** The limits there are. Their keys are HMACs: the table of counters names nobody. */
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

    /** Failures from one address; an IPv6 address stands for its /64, which is one customer's. */
    public Limit address(String ip) {
        return failures("address", network(ip));
    }

    /** Failures for one e-mail, whether somebody has it or not. */
    public Limit account(String email) {
        return failures("account", email).stoppingAt(STOP).cleared();
    }

    /**
     * Failures for one client id at the token endpoint, whether there is one or not. Never closes for good: nobody can guess
     * 256 random bits, and nobody is there to open it again.
     */
    public Limit accessKeyId(String clientId) {
        return failures("account", "machine", clientId);
    }

    /**
     * Failures of a signed-in user to show once more who it is. Strangers cannot fill it, and it never closes for good: who
     * has stolen an admin's token could open it again.
     */
    public Limit reauth(UUID userId) {
        return failures("account", "proof", userId.toString()).cleared();
    }

    /** Wrong codes of a user's second factor when signing in; only who has the password gets to try. */
    public Limit totp(UUID userId) {
        return failures("account", "code", userId.toString()).stoppingAt(STOP).cleared();
    }

    /** Failures from one device of a user, known by its token. */
    public Limit device(String token) {
        return failures("device", token).stoppingAt(STOP).cleared();
    }

    /**
     * Failed PINs for one organization, whether there is one of that slug or not. As with an address, who gets in takes back
     * nobody else's failures; a new PIN does.
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

    /** Mails for a new password asked for from one address. */
    public Limit resetsFrom(String ip) {
        return Limit.sliding("address", key("resets_from", network(ip)), resetsAMinute, MINUTE);
    }

    /** Mails for a new password to one e-mail, whether somebody has it or not. */
    public Limit resetsOf(String email) {
        return Limit.sliding("address", key("resets_of", email), RESETS, HOUR);
    }

    /** Chosen PINs of an organization that were refused because somebody has them. */
    public Limit chosenPin(UUID orgId) {
        return Limit.sliding("chosen_pin", key("chosen_pin", orgId.toString()), CHOSEN_PINS, DAY);
    }

    /** Invitations of an organization that were refused because somebody has the e-mail. */
    public Limit takenEmail(UUID orgId) {
        return Limit.sliding("taken_email", key("taken_email", orgId.toString()), TAKEN_EMAILS, DAY);
    }

    /** Invitations of an organization, each of which is a mail. */
    public Limit invitationsBy(UUID orgId) {
        return Limit.sliding("taken_email", key("invitations_by", orgId.toString()), invitationsADay, DAY);
    }

    /** Invitations of one e-mail by all organizations: mails that nobody asked for. */
    public Limit invitationsTo(String email) {
        return Limit.sliding("taken_email", key("invitations_to", email), INVITATIONS_BY_ALL, DAY);
    }

    /** Invitations of one e-mail by an organization. */
    public Limit invitationsOf(UUID orgId, String email) {
        return Limit.sliding("taken_email", key("invitations_of", orgId + ":" + email), INVITATIONS, DAY);
    }

    private Limit failures(String scope, String whose) {
        return failures(scope, scope, whose);
    }

    private Limit failures(String scope, String what, String whose) {
        return Limit.waiting(scope, key(what, whose), FAILURES, WINDOW, wait, longestWait);
    }

    private String key(String scope, String whose) {
        return fingerprint.of(scope + ":" + whose);
    }

    static String network(String ip) {
        var address = NetUtil.createInetAddressFromIpAddressString(ip);
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
                : ip;
    }
}
