package io.switchboard.audit.format;

import java.util.Base64;

/**
 * A tree's size and root, as C2SP tlog-checkpoint writes them; it becomes worth something by a {@link SignedNote}.
 *
 * @param origin names the tree: the installation's origin, a slash and the organization's id
 */
public record Checkpoint(String origin, long size, byte[] root) {
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** Throws IllegalArgumentException, in words. Extension lines are refused: our trees have none. */
    public static Checkpoint parse(String text) {
        var lines = text.split("\n", -1);
        if (lines.length != 4 || lines[0].isEmpty() || !lines[3].isEmpty()) {
            throw new IllegalArgumentException("A checkpoint has three lines: origin, size and root.");
        }
        if (!lines[1].matches("0|[1-9][0-9]{0,15}")) {
            throw new IllegalArgumentException("The size of a checkpoint is a decimal number of at most 16 digits.");
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), Base64Hash.decode(lines[2]));
    }
}
