package io.switchboard.kit.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether an Accept header can be read at all (RFC 9110, 12.5.1); what it accepts, REST looks at. */
final class Accepted {
    private static final String TOKEN = "[\\w!#$%&'+.^`|~-]+";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.){0,200}+\"";
    private static final String PARAMETER = "\\s*+;\\s*+" + TOKEN + "(?:=(?:" + TOKEN + "|" + QUOTED + "))?+";
    private static final String RANGE = "(?:\\*/\\*|" + TOKEN + "/(?:\\*|" + TOKEN + "))(?:" + PARAMETER + "){0,20}+";
    private static final Pattern LIST =
            Pattern.compile("\\s*+(?:" + RANGE + ")?+\\s*+(?:,\\s*+(?:" + RANGE + ")?+\\s*+){0,50}+");

    private Accepted() {}

    static boolean isReadable(@Nullable String header) {
        return header == null
                || header.equals("*/*")
                || header.equals("application/json")
                || LIST.matcher(header).matches();
    }
}
