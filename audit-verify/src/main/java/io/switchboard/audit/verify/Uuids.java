package io.switchboard.audit.verify;

import java.util.regex.Pattern;

/** UUIDs as the log writes them: lower case. */
final class Uuids {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Uuids() {}

    static boolean isUuid(String text) {
        return text.length() == 36 && UUID.matcher(text).matches();
    }
}
