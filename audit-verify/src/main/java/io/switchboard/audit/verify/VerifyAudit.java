package io.switchboard.audit.verify;

/** What {@code ./switchboard verify-audit} runs. */
public final class VerifyAudit {
    private VerifyAudit() {}

    public static void main(String[] arguments) {
        System.exit(2);
    }
}
