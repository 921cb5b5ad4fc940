package io.switchboard.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables with which a service is started here; secrets go as names of files. */
final class ServiceEnvironment {
    /** The first operator, who signs in as everybody does. */
    static final String OPERATOR = "operator@switchboard.local";

    private final Layout layout;
    private final Secrets secrets;
    private final Ports ports;
    private final Server server;

    ServiceEnvironment(Layout layout, Secrets secrets, Ports ports, Server server) {
        this.layout = layout;
        this.secrets = secrets;
        this.ports = ports;
        this.server = server;
    }

    Map<String, String> of(Service service) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SWITCHBOARD_MODE", "local");
        variables.put("SWITCHBOARD_DB_URL", server.url().toString());
        variables.put("SWITCHBOARD_ISSUER", ports.url(Service.AUTH));
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(ports.http(service)));
        variables.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        variables.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.management(service)));
        variables.put("SWITCHBOARD_SHUTDOWN_DELAY", "0s"); // here no load balancer has to notice first
        for (Service peer : Service.values()) {
            variables.put("SWITCHBOARD_PEERS_" + peer.name() + "_SERVICE", ports.url(peer));
        }
        secret(variables, "SWITCHBOARD_DB_PASSWORD", secrets.role(service.schema() + "_app"));
        secret(variables, "SWITCHBOARD_CLIENT_SECRET", secrets.client(service));
        secret(variables, "SWITCHBOARD_SEAL_KEYSET", secrets.seal(service));
        secret(variables, "SWITCHBOARD_HMAC_KEY", secrets.hmac(service));
        if (service == Service.AUTH || service == Service.CRM) {
            variables.put("SWITCHBOARD_MAIL_FOLDER", layout.mail().toString());
        }
        if (service == Service.AUTH) {
            secret(variables, "SWITCHBOARD_PIN_PEPPER", secrets.pinPepper());
            variables.put("SWITCHBOARD_OPERATOR_EMAIL", OPERATOR);
            secret(variables, "SWITCHBOARD_OPERATOR_PASSWORD", secrets.operator());
            for (Service client : Service.values()) {
                secret(variables, "SWITCHBOARD_SERVICE_SECRETS_" + client.name() + "_SERVICE", secrets.client(client));
            }
        }
        if (service == Service.AUDIT) {
            variables.put("SWITCHBOARD_AUDIT_STORE", layout.audit().toUri().toString());
            secret(variables, "SWITCHBOARD_AUDIT_SIGNING_KEY", secrets.auditSigningKey());
        }
        if (service == Service.CRM || service == Service.VOICE) {
            variables.put("SWITCHBOARD_PUBLIC_URL", ports.url(service));
        }
        if (service == Service.VOICE) {
            variables.put("SWITCHBOARD_OUTGOING_ALLOWED", "127.0.0.1:" + ports.webhooks());
        }
        return variables;
    }

    private static void secret(Map<String, String> variables, String name, Path file) {
        variables.put(name + "_FILE", file.toString());
    }
}
