package io.switchboard.kit.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The version of a schema that a changelog leads to. A migration records it in {@code schema_versions} when it has succeeded, and a service
 * looks for its own there.
 *
 * @param hash SHA-256 of all files of the changelog, in its order; functions change without a new changeset
 * @param changesets their authors and ids, in its order
 */
public record SchemaVersion(String hash, List<String> changesets) {
    static final String CHANGELOG = "db/changelog.yaml";

    /**
     * Whether the schema is at least a service's own: it was brought to that version once, or has changesets that the service
     * does not know beside all that it does.
     */
    public static final String IS_APPLIED = "select exists (select from schema_versions"
            + " where version = $1 or (changesets @> $2::text[] and not changesets <@ $2::text[])) as applied";

    /** The table is the migration's own, as Liquibase's are: no changeset makes it. */
    static final String CREATE = "create table if not exists schema_versions"
            + " (version text primary key, changesets text[] not null, applied_at timestamptz not null default now())";

    static final String RECORD = "insert into schema_versions (version, changesets) values (?, ?)"
            + " on conflict (version) do update set applied_at = now()";
    static final String DROP = "drop table if exists schema_versions";

    private static final Pattern INCLUDED = Pattern.compile("\\bfile:\\s*[\"']?([^\"'\\s}]+)");
    private static final Pattern CHANGESET = Pattern.compile("(?m)^--\\s*changeset\\s+(\\S+)");

    /** @param changelogs finds {@code db/changelog.yaml} and what it includes */
    public static SchemaVersion of(ClassLoader changelogs) {
        var digest = sha256();
        var changesets = new ArrayList<String>();
        var changelog = read(changelogs, CHANGELOG);
        digest.update(changelog);
        for (var file : found(INCLUDED, changelog)) {
            var text = read(changelogs, file);
            digest.update((file + "\0" + text.length + "\0").getBytes(UTF_8));
            digest.update(text);
            changesets.addAll(found(CHANGESET, text));
        }
        return new SchemaVersion(HexFormat.of().formatHex(digest.digest()), List.copyOf(changesets));
    }

    private static List<String> found(Pattern pattern, byte[] text) {
        return pattern.matcher(new String(text, UTF_8))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static byte[] read(ClassLoader changelogs, String file) {
        try (var content = changelogs.getResourceAsStream(file)) {
            if (content == null) {
                throw new IllegalStateException("The application lacks " + file + "; build it again");
            }
            return content.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
