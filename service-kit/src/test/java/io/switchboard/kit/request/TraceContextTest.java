package io.switchboard.kit.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    @Test
    void a_trace_goes_on_with_a_new_parent_id() {
        var trace = TraceContext.of(headers("00-" + TRACE + "-" + PARENT + "-01"));
        var first = trace.headers().get("traceparent");
        var second = trace.headers().get("traceparent");
        assertTrue(first.matches("00-" + TRACE + "-[0-9a-f]{16}-01"), first);
        assertNotEquals(first, second);
        assertTrue(!first.contains(PARENT), first);
        assertNull(trace.headers().get("tracestate"));
    }

    @Test
    void flags_are_kept_and_unknown_ones_cleared() {
        var notSampled = TraceContext.of(headers("00-" + TRACE + "-" + PARENT + "-00"));
        assertTrue(notSampled.headers().get("traceparent").endsWith("-00"));
        var unknown = TraceContext.of(headers("00-" + TRACE + "-" + PARENT + "-ff"));
        assertTrue(unknown.headers().get("traceparent").endsWith("-03"));
    }

    @Test
    void the_state_goes_with_the_trace() {
        var headers = headers("00-" + TRACE + "-" + PARENT + "-01");
        headers.add("tracestate", "a=1").add("tracestate", "b=2");
        assertEquals("a=1,b=2", TraceContext.of(headers).headers().get("tracestate"));
        assertNull(TraceContext.of(MultiMap.caseInsensitiveMultiMap().add("tracestate", "a=1")));
    }

    @Test
    void a_later_version_is_read_as_the_first() {
        var trace = TraceContext.of(headers("cc-" + TRACE + "-" + PARENT + "-01-what-comes"));
        assertTrue(trace.headers().get("traceparent").startsWith("00-" + TRACE));
        assertEquals(
                TRACE,
                TraceContext.of(headers("cc-" + TRACE + "-" + PARENT + "-01")).traceId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void a_malformed_trace_is_ignored(String sent) {
        assertNull(TraceContext.of(headers(sent)));
    }

    @Test
    void two_traces_are_ignored() {
        var headers = headers("00-" + TRACE + "-" + PARENT + "-01");
        headers.add("traceparent", "00-" + TRACE + "-" + PARENT + "-00");
        assertNull(TraceContext.of(headers));
    }

    private static MultiMap headers(String parent) {
        return MultiMap.caseInsensitiveMultiMap().add("traceparent", parent);
    }
}
