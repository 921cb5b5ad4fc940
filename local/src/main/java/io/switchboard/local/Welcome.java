package io.switchboard.local;

/** What is printed once all is ready: where everything is, and how to sign in. */
final class Welcome {
    private final Layout layout;
    private final Ports ports;

    Welcome(Layout layout, Ports ports) {
        this.layout = layout;
        this.ports = ports;
    }

    String text(boolean started) {
        StringBuilder text =
                new StringBuilder(started ? "\nSwitchboard is ready.\n\n" : "\nSwitchboard was already up.\n\n");
        for (Service service : Service.values()) {
            text.append(String.format(
                    "  %-14s %s   try it: %s/q/swagger-ui%n",
                    service.module(), ports.url(service), ports.url(service)));
        }
        text.append("\n")
                .append(signIn())
                .append(operator())
                .append("\n  data, secrets and logs: ")
                .append(layout.data())
                .append("\n  mail is not sent, it lands in: ")
                .append(layout.mail())
                .append("\n  webhooks may go to this machine: http://127.0.0.1:")
                .append(ports.webhooks())
                .append("\n");
        return text.toString();
    }

    private String operator() {
        return String.format(
                "  operator sign-in: %s, password in %s%n",
                ServiceEnvironment.OPERATOR, new Secrets(layout.secrets()).operator());
    }

    /** The sign-ins of the latest demo, or how to get some. */
    String signIn() {
        return DemoSignIn.read(layout.demo())
                .map(DemoSignIn::text)
                .orElse("  ./switchboard demo makes an organization to sign in to\n");
    }
}
