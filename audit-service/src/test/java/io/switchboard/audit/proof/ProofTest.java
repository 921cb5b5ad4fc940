package io.switchboard.audit.proof;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SampleEvents;
import io.switchboard.audit.SealedLog;
import io.switchboard.audit.format.Checkpoint;
import io.switchboard.audit.format.MerkleProofs;
import io.switchboard.audit.format.SignedNote;
import io.switchboard.audit.format.TreeHash;
import io.switchboard.audit.format.VerifierKey;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProofTest {
    final Caller acme = Caller.adminOfNewOrg();

    @Test
    void each_record_of_a_tree_is_proved() {
        var events = SealedLog.create(acme.orgId(), 300); // more than a tile
        for (int i = 0; i < events.size(); i += 23) {
            var id = events.get(i).get("id");
            var answer = acme.get("/api/audit/logs/" + id + "/proof");
            answer.then().statusCode(200).contentType(startsWith("application/json"));
            var proof = new JsonObject(answer.asString());
            assertEquals(i, proof.getLong("index"));
            assertTrue(proves(acme, proof, answer.asString()), proof::encodePrettily);
            assertEquals(id, proof.getJsonObject("leaf").getString("id"));
        }
    }

    @Test
    void a_proof_is_also_to_be_had_as_c2sp_writes_it() {
        var id = SealedLog.create(acme.orgId(), 5).get(2).get("id");
        var answer = acme.request().accept("text/plain").get("/api/audit/logs/" + id + "/proof");
        answer.then()
                .statusCode(200)
                .contentType(startsWith("text/plain"))
                .body(startsWith("c2sp.org/tlog-proof@v1\nextra "))
                .body(containsString("\nindex 2\n"));
        var leaf = Base64.getDecoder()
                .decode(answer.asString()
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow()
                        .substring(6));
        assertTrue(new String(leaf, StandardCharsets.UTF_8).contains(id.toString()));
    }

    @Test
    void what_is_not_sealed_yet_is_told_to_come_again() {
        var event = SampleEvents.event(acme.orgId());
        try (var database = Sql.superuser().open()) {
            database.begin();
            database.run("select from seal_cursor for update"); // the sealer waits
            SampleEvents.post(event);
            acme.get("/api/audit/logs/" + event.get("id") + "/proof")
                    .then()
                    .statusCode(409)
                    .header("Retry-After", "2")
                    .body("type", endsWith("not_sealed"));
            database.commit();
        }
        SealedLog.awaitSealed(acme.orgId());
        acme.get("/api/audit/logs/" + event.get("id") + "/proof").then().statusCode(200);
    }

    @Test
    void another_organizations_record_has_no_proof() {
        var id = SealedLog.create(acme.orgId(), 1).get(0).get("id");
        for (var path :
                List.of("/api/audit/logs/" + id + "/proof", "/api/audit/logs/" + UUID.randomUUID() + "/proof")) {
            Caller.adminOfNewOrg().get(path).then().statusCode(404).body("type", endsWith("audit_log_not_found"));
        }
        Caller.of("platform_admin", UUID.randomUUID())
                .get("/api/audit/logs/" + id + "/proof")
                .then()
                .statusCode(200);
    }

    private static boolean proves(Caller caller, JsonObject proof, String text) {
        var note = SignedNote.parse(proof.getString("checkpoint"));
        var checkpoint = Checkpoint.parse(note.text());
        var isSigned = proof.getJsonArray("keys").stream()
                .map(key -> VerifierKey.parse((String) key))
                .anyMatch(note::isSignedBy);
        var leaf = text.substring(text.indexOf("{\"action\""), text.indexOf("\"v\":1}") + 6);
        var hashes = proof.getJsonArray("hashes").stream()
                .map(hash -> Base64.getDecoder().decode((String) hash))
                .toList();
        return isSigned
                && checkpoint.origin().endsWith("/" + caller.orgId())
                && MerkleProofs.verifyInclusion(
                        proof.getLong("index"),
                        checkpoint.size(),
                        TreeHash.leaf(leaf.getBytes(StandardCharsets.UTF_8)),
                        hashes,
                        checkpoint.root());
    }
}
