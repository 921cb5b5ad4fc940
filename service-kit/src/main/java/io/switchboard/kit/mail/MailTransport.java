package io.switchboard.kit.mail;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.kit.outbox.RowRefused;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.work.Offloaded;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.mailencoder.EmailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Hands mails to the mail server, or to a folder. They wait while the server is away or refuses our sign-in. A mail that it refuses
 * with 550 to 555 is set aside, one that it refuses otherwise is tried again. A mail whose acknowledgement got lost is sent again,
 * under the same Message-ID. Only the code of a refusal is logged: the server's text names recipients.
 */
@ApplicationScoped
@IfBuildProperty(name = "switchboard.mail", stringValue = "true")
public class MailTransport {
    /** Sent at the same time: none waits for another's time-out. */
    public static final int AT_MOST = 8;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15); // under the lease of the rows
    // Of a recipient or a text. A refused sender or sign-in is a fault of the configuration, not of the mail.
    private static final Set<Integer> FINAL = Set.of(550, 551, 552, 553, 554, 555);
    private static final int CLOSING = 421;
    private static final Pattern ENHANCED = Pattern.compile("^(?:\\d{3}[ -])?([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
    private static final String REFUSED_MAIL = "(?s)(recipient address not accepted|sending data failed).*";

    private final Instance<ReactiveMailer> mailer;
    private final @Nullable MailFolder folder;
    private final String from;

    public MailTransport(
            Instance<ReactiveMailer> mailer,
            @ConfigProperty(name = "switchboard.mail.folder") Optional<Path> folder,
            @ConfigProperty(name = "quarkus.mailer.from") String from) {
        this.mailer = mailer;
        this.folder = folder.map(path -> new MailFolder(path, from)).orElse(null);
        this.from = from;
    }

    /** The address that mails come from, without a name. */
    public String sender() {
        return new EmailAddress(from).getEmail();
    }

    /**
     * Completes when the server has taken it. Fails with {@link PeerAway} while the server is away, and with {@link RowRefused} for
     * a mail that it does not take, or that cannot be sent.
     */
    public Uni<Void> send(UUID id, Email email) {
        if (email.isTooLate()) {
            return Uni.createFrom().failure(RowRefused.permanent("it is too late to send it"));
        }
        if (!isOneAddress(email.to())) {
            return Uni.createFrom().failure(RowRefused.permanent("the address is malformed"));
        }
        return folder == null ? post(id, email) : put(folder, id, email);
    }

    private static boolean isOneAddress(String to) {
        try {
            return new EmailAddress(to).getEmail().equals(to);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private Uni<Void> post(UUID id, Email email) {
        // A mail for each try: sending one adds its attachment to it.
        return Uni.createFrom()
                .deferred(() -> mailer.get().send(mail(id, email)))
                .onFailure()
                .transform(MailTransport::classify)
                .ifNoItem()
                .after(ANSWER_WITHIN)
                .failWith(() -> away("no answer in " + ANSWER_WITHIN.toSeconds() + " s"));
    }

    private static Mail mail(UUID id, Email email) {
        var mail = Mail.withText(email.to(), email.subject(), email.text())
                .addHeader("Message-ID", MailFolder.messageId(id));
        var calendar = email.calendar();
        return calendar == null
                ? mail
                : mail.addAttachment(
                        CalendarPart.FILE, calendar.text().getBytes(StandardCharsets.UTF_8), calendar.contentType());
    }

    private static Uni<Void> put(MailFolder folder, UUID id, Email email) {
        return Offloaded.on(Infrastructure.getDefaultExecutor(), () -> folder.put(id, email))
                .replaceWithVoid()
                .onFailure()
                .transform(failure -> away(failure.getMessage()));
    }

    private static PeerAway away(@Nullable String reason) {
        return new PeerAway("the mail server", String.valueOf(reason));
    }

    private static RuntimeException classify(Throwable failure) {
        var reason = reason(failure);
        if (!(failure instanceof SMTPException refusal) || !isOfTheMail(refusal)) {
            return away(reason);
        }
        return FINAL.contains(refusal.getReplyCode()) ? RowRefused.permanent(reason) : RowRefused.forNow(reason);
    }

    private static boolean isOfTheMail(SMTPException refusal) {
        return refusal.getMessage().matches(REFUSED_MAIL) && refusal.getReplyCode() != CLOSING;
    }

    /** The codes of the answer, such as {@code 550 5.1.1}. */
    private static String reason(Throwable failure) {
        if (!(failure instanceof SMTPException refusal)) {
            return String.valueOf(failure.getMessage());
        }
        var enhanced = ENHANCED.matcher(String.valueOf(refusal.getReplyMessage()));
        return refusal.getReplyCode() + (enhanced.find() ? " " + enhanced.group(1) : "");
    }
}
