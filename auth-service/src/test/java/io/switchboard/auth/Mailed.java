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

    /** The mails to an address, once there are so many. */
    public static List<Mail> to(String email, int count) {
        until(() -> mailbox().getMailsSentTo(email).size() >= count);
        return mailbox().getMailsSentTo(email);
    }

    /** Waits at most 20 s. */
    public static void until(Callable<Boolean> happened) {
        await().atMost(PATIENCE).until(happened);
    }

    /** The token of the n-th mail to an address that has a link with one. */
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
