package io.switchboard.auth.mail;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.auth.work.Offloaded;
import io.switchboard.kit.outbox.OutboxSender;
import io.switchboard.kit.outbox.RowByRow;
import io.switchboard.kit.outbox.RowRefused;
import io.switchboard.kit.peer.PeerAway;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.mailencoder.EmailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Sends the mails of the outbox. They wait while the server is away or refuses our sign-in. A mail that it refuses with 550 to 555
 * is set aside, one that it refuses otherwise is tried again. A mail whose acknowledgement got lost is sent again, under the same
 * Message-ID. Only the code of a refusal is logged: the server's text names recipients.
 */
@ApplicationScoped
class MailSender implements OutboxSender {
    private static final int AT_MOST = 8; // sent at the same time: none waits for another's time-out
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15); // under the lease of the rows
    // Of a recipient or a text. A refused sender or sign-in is a fault of the configuration, not of the mail.
    private static final Set<Integer> FINAL = Set.of(550, 551, 552, 553, 554, 555);
    private static final int CLOSING = 421;
    private static final Pattern ENHANCED = Pattern.compile("^(?:\\d{3}[ -])?([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
    private static final String REFUSED_MAIL = "(?s)(recipient address not accepted|sending data failed).*";

    private final SealedEmail sealedEmails;
    private final Instance<ReactiveMailer> mailer;
    private final @Nullable MailFolder folder;

    MailSender(
            SealedEmail sealedEmails,
            Instance<ReactiveMailer> mailer,
            @ConfigProperty(name = "switchboard.mail.folder") Optional<Path> folder,
            @ConfigProperty(name = "quarkus.mailer.from") String from) {
        this.sealedEmails = sealedEmails;
        this.mailer = mailer;
        this.folder = folder.map(path -> new MailFolder(path, from)).orElse(null);
    }

    @Override
    public String destination() {
        return SealedEmail.DESTINATION;
    }

    @Override
    public int atMost() {
        return AT_MOST;
    }

    @Override
    public Uni<SendResult> deliver(List<OutboxRow> rows) {
        return RowByRow.deliver(rows, this::post);
    }

    private Uni<Void> post(OutboxRow row) {
        var email = open(row);
        return folder == null ? send(row.id(), email) : put(folder, row.id(), email);
    }

    private Email open(OutboxRow row) {
        try {
            var email = sealedEmails.open(row);
            if (email.isTooLate()) {
                throw RowRefused.permanent("it is too late to send it");
            }
            new EmailAddress(email.to());
            return email;
        } catch (IllegalArgumentException e) {
            throw RowRefused.permanent("the address is malformed");
        } catch (IllegalStateException e) {
            throw RowRefused.permanent("it cannot be decrypted");
        }
    }

    private Uni<Void> send(UUID id, Email email) {
        var mail = Mail.withText(email.to(), email.subject(), email.text())
                .addHeader("Message-ID", MailFolder.messageId(id));
        return mailer.get()
                .send(mail)
                .onFailure()
                .transform(MailSender::classify)
                .ifNoItem()
                .after(ANSWER_WITHIN)
                .failWith(() -> away("no answer in " + ANSWER_WITHIN.toSeconds() + " s"));
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
