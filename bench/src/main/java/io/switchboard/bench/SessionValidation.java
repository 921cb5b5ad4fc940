package io.switchboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.local.Service;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** W4: sessions of PIN clients, held against the database each time. */
final class SessionValidation implements Requests {
    private final OwnSuite suite;
    private final Options options;
    private final List<String> sessions;
    private final List<byte[]> requests;
    private int turn;

    SessionValidation(OwnSuite suite, Options options, List<PinClient> clients) {
        this.suite = suite;
        this.options = options;
        this.sessions = clients.stream().map(this::signIn).toList();
        this.requests = sessions.stream()
                .map(session -> HttpText.get(suite.url(Service.AUTH) + "/api/auth/session", session))
                .toList();
    }

    Measured measure(Pgbench pgbench) {
        CpuMeter cpu = new CpuMeter(suite);
        Say.line("W4: session validation through auth-service");
        Tally tally = new HttpLoop(suite.address(Service.AUTH), options.connections(), this)
                .run(options.warmUp(), options.seconds(), cpu);
        Measured.Way service = new Measured.Way("auth-service", tally.measured(), cpu.used());
        Say.line("W4: the same by pgbench");
        Load reached = pgbench.run(sameByPgbench(), options.warmUp() / 4 + 1, options.seconds(), cpu);
        Measured.Way limit = new Measured.Way("limit (pgbench)", reached, cpu.used());
        return new Measured("W4 session validation", limit, service, List.of());
    }

    @Override
    public void next(ByteBuffer out) {
        out.put(requests.get(turn));
        turn = turn + 1 == requests.size() ? 0 : turn + 1;
    }

    private Pgbench.Work sameByPgbench() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < sessions.size(); i++) {
            variables.put("hash" + i, HexFormat.of().formatHex(sha256(sessions.get(i))));
        }
        List<String> scripts = IntStream.range(0, sessions.size())
                .mapToObj(i -> Script.of("validate-session.sql", Map.of("session", "" + i)))
                .toList();
        return new Pgbench.Work("auth_app", scripts, variables);
    }

    private String signIn(PinClient client) {
        JsonNode answer = Api.post(
                suite.url(Service.AUTH) + "/api/auth/pin",
                null,
                Map.of("pin", client.pin(), "organization", client.organization()));
        return answer.path("sessionToken").asText();
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
