package io.switchboard.local;

import static io.switchboard.local.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What missed calls leave behind, all over the suite. */
final class Effects {
    private Effects() {}

    /** A call, a contact and a notification for each, and one audit record of the making of each of them. */
    static void cameExactlyOnce(Tenant tenant, Collection<TestCall> calls) {
        int count = calls.size();
        await("every call has its contact")
                .until(() -> tenant.calls().stream()
                                .filter(call -> call.path("contactId").isTextual())
                                .count()
                        >= count);
        await("every call has its notification")
                .until(() -> tenant.notifications().size() >= count);
        for (var table : List.of("call_logs", "contacts", "notifications")) {
            await(table + " are audited")
                    .until(() -> tenant.audit("create", table).size() >= count);
        }
        var callers = calls.stream().map(call -> call.caller).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                callers, once(tenant.calls(), call -> call.path("fromNumber").asText()));
        assertEquals(callers, once(tenant.contacts(), contact -> contact.path("phone")
                .asText()));
        once(
                tenant.notifications(),
                notification -> notification.path("relatedId").asText());
        for (var table : List.of("call_logs", "contacts", "notifications")) {
            assertEquals(
                    count,
                    once(tenant.audit("create", table), record -> record.path("resourceId")
                                    .asText())
                            .size());
        }
    }

    private static TreeSet<String> once(List<JsonNode> things, Function<JsonNode, String> key) {
        var keys = things.stream().map(key).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(keys.size(), things.size(), "something came twice");
        return keys;
    }
}
