package io.switchboard.local;

import io.switchboard.audit.verify.VerifyAudit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The organization's log leaves the suite, is verified without it, and again after one byte was changed. */
final class DemoAudit {
    private static final String EXPORT = "/api/audit/logs/export?verifiable=true";
    private static final String VALUE = "\"newData\":\"{\\\""; // the first letter of what a record tells follows

    private final DemoTenant tenant;
    private final Layout layout;
    private final DemoPrint print;

    DemoAudit(DemoTenant tenant, Layout layout, DemoPrint print) {
        this.tenant = tenant;
        this.layout = layout;
        this.print = print;
    }

    void show() {
        print.title("The log can be proved: it is exported and verified offline");
        String export = Demo.wait("the sealed log", () -> {
            Api.Answer answer = tenant.api().get(Service.AUDIT, EXPORT);
            return answer.status() == 200 && answer.text().contains(VALUE) ? answer.text() : null;
        });
        print.line("GET " + EXPORT + ": " + (export.lines().count() - 2) + " records, all since the sign-up");
        verify("demo-log.ndjson", export, 0);

        int place = export.indexOf(VALUE, export.length() / 2);
        int at = (place < 0 ? export.indexOf(VALUE) : place) + VALUE.length();
        String copy = export.substring(0, at) + (export.charAt(at) == 'x' ? 'y' : 'x') + export.substring(at + 1);
        print.line("one byte of a copy is changed, in line "
                + export.substring(0, at).lines().count());
        verify("demo-log-changed.ndjson", copy, 1);
    }

    private void verify(String name, String text, int expected) {
        Path file = layout.data().resolve(name);
        PrivateFile.write(file, text);
        print.line("./switchboard verify-audit " + file);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = VerifyAudit.run(new String[] {file.toString()}, out, out);
        said.toString(StandardCharsets.UTF_8).lines().forEach(line -> print.line("    " + line));
        if (status != expected) {
            throw new Refusal("The verifier ended with " + status + " instead of " + expected + ".");
        }
    }
}
