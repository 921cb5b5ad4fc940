package io.switchboard.voice.tool;

import io.switchboard.kit.text.CleanText;
import io.switchboard.voice.signature.Signature;

/** Ids and names from outside, as an index takes them. */
final class ToolIds {
    private static final int LONGEST = 200;

    private ToolIds() {}

    /** A longer one is its digest. */
    static String fitting(String id) {
        return id.length() <= LONGEST
                ? CleanText.of(id)
                : "sha256:" + Signature.hex(Signature.sha256(Signature.utf8(id)));
    }
}
