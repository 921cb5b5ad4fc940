package io.switchboard.crm.calendar;

import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Calendars as answers. They may be kept, but are asked for again each time. */
final class CalendarAnswer {
    static final String TYPE = "text/calendar;charset=UTF-8";
    static final String EXAMPLE = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n…\r\nEND:VCALENDAR\r\n";
    private static final String CACHING = "private, no-cache";

    private CalendarAnswer() {}

    /** Changes with the text. */
    static String etag(String calendar) {
        return '"'
                + UUID.nameUUIDFromBytes(calendar.getBytes(StandardCharsets.UTF_8))
                        .toString()
                + '"';
    }

    static RestResponse<String> unchanged(String etag) {
        return headers(ResponseBuilder.<String>create(RestResponse.Status.NOT_MODIFIED), etag)
                .build();
    }

    static RestResponse<String> of(String calendar, String etag, String file) {
        return headers(ResponseBuilder.ok(calendar), etag)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + ".ics\"")
                .build();
    }

    private static ResponseBuilder<String> headers(ResponseBuilder<String> answer, String etag) {
        return answer.header(HttpHeaders.ETAG, etag).header(HttpHeaders.CACHE_CONTROL, CACHING);
    }
}
