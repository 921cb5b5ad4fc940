package io.switchboard.audit.store;

import java.util.regex.Pattern;

/** What objects may be called, so that every store takes the name and none leads out of it. */
final class ObjectName {
    private static final int LONGEST = 500;
    private static final String PART =
            "[A-Za-z0-9_-][A-Za-z0-9._-]*"; // a leading dot is for files that are being written
    private static final Pattern NAME = Pattern.compile(PART + "(/" + PART + ")*");
    private static final Pattern FOLDER = Pattern.compile("(" + PART + "/)*");

    private ObjectName() {}

    static String checked(String name) {
        return checked(NAME, name);
    }

    /** Of a folder, ending with a slash, or empty. */
    static String checkedFolder(String prefix) {
        return checked(FOLDER, prefix);
    }

    private static String checked(Pattern pattern, String name) {
        if (name.length() > LONGEST || !pattern.matcher(name).matches()) {
            throw new IllegalArgumentException("no name for an object: " + name);
        }
        return name;
    }
}
