package io.switchboard.bench;

import io.switchboard.local.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** W15: the time that {@code ./switchboard verify-audit} takes for an export and its journal, from start to exit. */
final class AuditVerification {
    private static final int RECORDS = 1_000_000;
    private static final double MOST_SECONDS = 15;

    private final OwnSuite suite;

    AuditVerification(OwnSuite suite) {
        this.suite = suite;
    }

    void measure(Results results) {
        Say.line("Writing an export of %,d audit records".formatted(RECORDS));
        Path folder = suite.file("audit");
        AuditExport.write(folder, RECORDS);
        Say.line("Verifying it");
        results.figures()
                .add(Figure.atMost(
                        MOST_SECONDS,
                        "W15 %,d audit records with their journal verified".formatted(RECORDS),
                        seconds(folder),
                        "%.1f s"));
    }

    private static double seconds(Path folder) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // As ./switchboard runs it; its class path is a part of this program's.
        List<String> command = List.of(
                java,
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.switchboard.audit.verify.VerifyAudit",
                folder.resolve(AuditExport.FILE).toString(),
                "--checkpoints",
                folder.toString(),
                "--key",
                folder.resolve(AuditExport.KEY).toString());
        long begun = System.nanoTime();
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new Refusal("The verifier says that the export is not valid (" + status + ").");
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.", interrupted);
        }
        return (System.nanoTime() - begun) / 1e9;
    }
}
