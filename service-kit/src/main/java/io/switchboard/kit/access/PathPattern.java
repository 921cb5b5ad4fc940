package io.switchboard.kit.access;

/** The path of an operation, cut once: every request is compared with many of them. */
record PathPattern(Operation operation, String[] segments) {
    static PathPattern of(Operation operation) {
        return new PathPattern(operation, operation.path().split("/", -1));
    }

    boolean matches(String[] asked) {
        if (segments.length != asked.length) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            if (!fits(segments[i], asked[i])) {
                return false;
            }
        }
        return true;
    }

    /** A parameter takes any segment but an empty one; with letters behind it ({@code {provider}:reveal}) one that ends so. */
    private static boolean fits(String own, String segment) {
        if (!own.startsWith("{")) {
            return own.equals(segment);
        }
        var suffix = own.substring(own.indexOf('}') + 1);
        return segment.length() > suffix.length() && segment.endsWith(suffix);
    }
}
