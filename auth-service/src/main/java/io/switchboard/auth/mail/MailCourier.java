package io.switchboard.auth.mail;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.auth.work.Offloaded;
import io.switchboard.kit.outbox.Courier;
import io.switchboard.kit.peer.PeerAway;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.mailencoder.EmailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Sends the letters that are owed. A server that is away, or does not let us in, only delays them; what it will never take
 * for a recipient is set aside. A letter whose acknowledgement got lost is sent again, under the same Message-ID.
 */
@ApplicationScoped
class MailCourier implements Courier {
    private static final int AT_ONCE = 8;
    private static final int MOST_TRIES = 1000; // of "try again later" for one recipient: more than an hour
    private static final Duration PATIENCE = Duration.ofSeconds(15); // under the lease of the rows
    // Of a recipient or a text. Where sender or sign-in are refused, the configuration is to blame and not the letter.
    private static final Set<Integer> FINAL = Set.of(550, 551, 552, 553, 554, 555);
    private static final int CLOSING = 421;
    private static final String WHOSE_FAULT = "(?s)(recipient address not accepted|sending data failed).*";

    private final Envelopes envelopes;
    private final Instance<ReactiveMailer> mailer;
    private final @Nullable MailFolder folder;

    MailCourier(
            Envelopes envelopes,
            Instance<ReactiveMailer> mailer,
            @ConfigProperty(name = "switchboard.mail.folder") Optional<Path> folder,
            @ConfigProperty(name = "quarkus.mailer.from") String from) {
        this.envelopes = envelopes;
        this.mailer = mailer;
        this.folder = folder.map(path -> new MailFolder(path, from)).orElse(null);
    }

    @Override
    public String destination() {
        return Envelopes.DESTINATION;
    }

    @Override
    public int atMost() {
        return AT_ONCE;
    }

    /** What became of one letter: on its way, refused for good, or to be tried again. */
    private record Outcome(
            UUID id, boolean isFinal, @Nullable Throwable failure) {}

    @Override
    public Uni<Delivery> deliver(List<Owed> rows) {
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUni(this::post)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .chain(MailCourier::delivery);
    }

    private Uni<Outcome> post(Owed row) {
        return Uni.createFrom()
                .item(() -> opened(row))
                .chain(letter -> folder == null ? send(row.id(), letter) : put(folder, row.id(), letter))
                .map(sent -> new Outcome(row.id(), true, null))
                .onFailure()
                .recoverWithItem(failure -> new Outcome(row.id(), isFinal(failure, row), failure));
    }

    private Letter opened(Owed row) {
        try {
            var letter = envelopes.open(row);
            new EmailAddress(letter.to());
            return letter;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new Unfit(e);
        }
    }

    private Uni<Void> send(UUID id, Letter letter) {
        var mail = Mail.withText(letter.to(), letter.subject(), letter.text())
                .addHeader("Message-ID", MailFolder.messageId(id));
        return mailer.get()
                .send(mail)
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> away("no answer in " + PATIENCE.toSeconds() + " s"))
                .onFailure(failure -> !isOfTheLetter(failure))
                .transform(failure -> away(failure.getMessage()));
    }

    private static Uni<Void> put(MailFolder folder, UUID id, Letter letter) {
        return Offloaded.on(Infrastructure.getDefaultExecutor(), () -> folder.put(id, letter))
                .replaceWithVoid()
                .onFailure()
                .transform(failure -> away(failure.getMessage()));
    }

    private static PeerAway away(@Nullable String reason) {
        return new PeerAway("the mail server", String.valueOf(reason));
    }

    private static boolean isFinal(Throwable failure, Owed row) {
        return failure instanceof Unfit
                || failure instanceof SMTPException refusal && FINAL.contains(refusal.getReplyCode())
                || !(failure instanceof PeerAway) && row.attempts() >= MOST_TRIES;
    }

    private static boolean isOfTheLetter(Throwable failure) {
        return failure instanceof SMTPException refusal
                && refusal.getMessage().matches(WHOSE_FAULT)
                && refusal.getReplyCode() != CLOSING;
    }

    /** An address that is none, or an envelope that does not open. */
    private static final class Unfit extends RuntimeException {
        Unfit(RuntimeException cause) {
            super(cause.getMessage(), cause, false, false);
        }
    }

    /** Letters to be tried again are named nowhere; where there is nothing else, they fail as the one that is away did. */
    private static Uni<Delivery> delivery(List<Outcome> outcomes) {
        var delivered = new ArrayList<UUID>();
        var refused = new HashMap<UUID, String>();
        for (var outcome : outcomes) {
            if (outcome.failure() == null) {
                delivered.add(outcome.id());
            } else if (outcome.isFinal()) {
                refused.put(outcome.id(), String.valueOf(outcome.failure().getMessage()));
            }
        }
        return delivered.isEmpty() && refused.isEmpty()
                ? Uni.createFrom().failure(worst(outcomes))
                : Uni.createFrom().item(new Delivery(delivered, refused));
    }

    private static Throwable worst(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(Outcome::failure)
                .filter(PeerAway.class::isInstance)
                .findFirst()
                .orElse(outcomes.get(0).failure());
    }
}
