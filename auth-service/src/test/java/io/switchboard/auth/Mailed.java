package io.switchboard.auth;

import static org.awaitility.Awaitility.await;

import io.quarkus.arc.Arc;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.MockMailbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** What people got by mail. */
public final class Mailed {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Mailed() {}

    /** Somebody's mails, once there are so many. */
    public static List<Mail> to(String email, int count) {
        until(() -> mailbox().getMailsSentTo(email).size() >= count);
        return mailbox().getMailsSentTo(email);
    }

    /** Waits for what happens by itself, and not for ever. */
    public static void until(Callable<Boolean> happened) {
        await().atMost(PATIENCE).until(happened);
    }

    /** The token in the link of somebody's so-manieth mail that has one. */
    public static String token(String email, int count) {
        until(() -> links(email).size() >= count);
        return token(links(email).get(count - 1));
    }

    private static List<String> links(String email) {
        return mailbox().getMailsSentTo(email).stream()
                .map(Mail::getText)
                .filter(text -> text.contains("#token="))
                .toList();
    }

    public static String token(String text) {
        return text.replaceAll("(?s).*#token=([A-Za-z0-9_-]+).*", "$1");
    }

    private static MockMailbox mailbox() {
        return Arc.container().instance(MockMailbox.class).get();
    }
}
