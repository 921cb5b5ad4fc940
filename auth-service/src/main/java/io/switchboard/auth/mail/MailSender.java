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
 * Sends the letters that are owed. A server that is away, or does not let us in, only delays them; what it will never take
 * for a recipient is set aside, and what it will not take yet waits by itself. A letter whose acknowledgement got lost is sent
 * again, under the same Message-ID. Of a refusal only the code is told: the server's words name recipients.
 */
@ApplicationScoped
class MailSender implements OutboxSender {
    private static final int AT_MOST = 8; // as go at once: none waits for another's patience
    private static final Duration PATIENCE = Duration.ofSeconds(15); // under the lease of the rows
    // Of a recipient or a text. Where sender or sign-in are refused, the configuration is to blame and not the letter.
    private static final Set<Integer> FINAL = Set.of(550, 551, 552, 553, 554, 555);
    private static final int CLOSING = 421;
    private static final Pattern ENHANCED = Pattern.compile("^(?:\\d{3}[ -])?([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
    private static final String WHOSE_FAULT = "(?s)(recipient address not accepted|sending data failed).*";

    private final SealedEmail envelopes;
    private final Instance<ReactiveMailer> mailer;
    private final @Nullable MailFolder folder;

    MailSender(
            SealedEmail envelopes,
            Instance<ReactiveMailer> mailer,
            @ConfigProperty(name = "switchboard.mail.folder") Optional<Path> folder,
            @ConfigProperty(name = "quarkus.mailer.from") String from) {
        this.envelopes = envelopes;
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
        var letter = opened(row);
        return folder == null ? send(row.id(), letter) : put(folder, row.id(), letter);
    }

    private Email opened(OutboxRow row) {
        try {
            var letter = envelopes.open(row);
            if (letter.isOver()) {
                throw RowRefused.forGood("what it says is over");
            }
            new EmailAddress(letter.to());
            return letter;
        } catch (IllegalArgumentException e) {
            throw RowRefused.forGood("the address is none");
        } catch (IllegalStateException e) {
            throw RowRefused.forGood("the envelope does not open");
        }
    }

    private Uni<Void> send(UUID id, Email letter) {
        var mail = Mail.withText(letter.to(), letter.subject(), letter.text())
                .addHeader("Message-ID", MailFolder.messageId(id));
        return mailer.get()
                .send(mail)
                .onFailure()
                .transform(MailSender::understood)
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> away("no answer in " + PATIENCE.toSeconds() + " s"));
    }

    private static Uni<Void> put(MailFolder folder, UUID id, Email letter) {
        return Offloaded.on(Infrastructure.getDefaultExecutor(), () -> folder.put(id, letter))
                .replaceWithVoid()
                .onFailure()
                .transform(failure -> away(failure.getMessage()));
    }

    private static PeerAway away(@Nullable String reason) {
        return new PeerAway("the mail server", String.valueOf(reason));
    }

    private static RuntimeException understood(Throwable failure) {
        var reason = reason(failure);
        if (!(failure instanceof SMTPException refusal) || !isOfTheLetter(refusal)) {
            return away(reason);
        }
        return FINAL.contains(refusal.getReplyCode()) ? RowRefused.forGood(reason) : RowRefused.forNow(reason);
    }

    private static boolean isOfTheLetter(SMTPException refusal) {
        return refusal.getMessage().matches(WHOSE_FAULT) && refusal.getReplyCode() != CLOSING;
    }

    /** Of what the server says its codes, such as {@code 550 5.1.1}. */
    private static String reason(Throwable failure) {
        if (!(failure instanceof SMTPException refusal)) {
            return String.valueOf(failure.getMessage());
        }
        var enhanced = ENHANCED.matcher(String.valueOf(refusal.getReplyMessage()));
        return refusal.getReplyCode() + (enhanced.find() ? " " + enhanced.group(1) : "");
    }
}
