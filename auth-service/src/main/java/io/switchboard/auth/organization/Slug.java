package io.switchboard.auth.organization;

import java.text.Normalizer;
import java.util.Locale;

/** The name of an organization in a URL. */
final class Slug {
    private static final int LONGEST = 50;

    private Slug() {}

    /** The name in letters that a URL takes; {@code organization} where no letter fits. */
    static String of(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        var cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
        var slug = cut.replaceAll("^-|-$", "");
        return slug.isEmpty() ? "organization" : slug;
    }
}
