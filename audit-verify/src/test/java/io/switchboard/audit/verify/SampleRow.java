package io.switchboard.audit.verify;

import io.switchboard.audit.format.ExportLine;
import io.switchboard.audit.format.Leaf;
import io.switchboard.audit.format.PrivateParts;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** A row of the log, as it stands in the table, with its salts. */
final class SampleRow {
    UUID org;
    UUID id;
    long sequence;
    Instant occurredAt = SampleLog.START.minusSeconds(3600);
    Instant recordedAt = SampleLog.START.minusSeconds(3599);
    String actorId;
    String actorType = "user";
    String action = "update";
    String resourceType = "contacts";
    String resourceId;
    String service = "crm-service";
    String oldData;
    String newData;
    String ipAddress;
    String userAgent;
    String requestId;
    String outcome = "success";
    Instant erasedAt;
    byte[] dataSalt;
    byte[] originSalt;

    SampleRow(UUID org, long sequence, Random random) {
        this.org = org;
        this.sequence = sequence;
        id = new UUID(0x019a9f1b00007000L + sequence, random.nextLong());
        actorId = random.nextInt(3) == 0 ? null : "user-" + random.nextInt(10);
        resourceId = "contact-" + random.nextInt(100);
        oldData = random.nextInt(3) == 0
                ? null
                : "{\"note\": \"Ünïcode \\n\", \"amount\": " + random.nextInt(1000) + ".50}";
        newData = random.nextInt(5) == 0 ? null : "{\"name\": \"Ada " + random.nextInt(1000) + "\"}";
        ipAddress = random.nextInt(4) == 0 ? null : "203.0.113." + random.nextInt(250);
        userAgent = ipAddress == null || random.nextBoolean() ? null : "curl/8." + random.nextInt(9);
        requestId = random.nextBoolean() ? null : "req-" + random.nextInt(1000);
        dataSalt = SampleLog.salt(random);
        originSalt = SampleLog.salt(random);
    }

    Leaf leaf() {
        return new Leaf(
                org,
                id,
                sequence,
                occurredAt,
                recordedAt,
                actorId,
                actorType,
                action,
                resourceType,
                resourceId,
                service,
                outcome,
                requestId,
                PrivateParts.data(oldData, newData, dataSalt),
                PrivateParts.origin(ipAddress, userAgent, originSalt));
    }

    ExportLine line() {
        return new ExportLine(
                leaf(),
                PrivateParts.dataJson(oldData, newData, dataSalt),
                PrivateParts.originJson(ipAddress, userAgent, originSalt),
                erasedAt);
    }
}
