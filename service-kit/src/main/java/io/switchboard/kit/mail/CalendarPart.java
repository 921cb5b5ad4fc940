package io.switchboard.kit.mail;

/**
 * An iCalendar object that a mail carries (RFC 6047), which is also its attachment {@code invite.ics}.
 *
 * @param method as in the object: {@code REQUEST} or {@code CANCEL}
 */
public record CalendarPart(String method, String text) {
    static final String FILE = "invite.ics";

    public CalendarPart {
        if (!method.matches("[A-Z]+")) {
            throw new IllegalArgumentException("not a method of iCalendar: " + method);
        }
    }

    String contentType() {
        return "text/calendar; charset=UTF-8; method=" + method + "; name=" + FILE;
    }
}
