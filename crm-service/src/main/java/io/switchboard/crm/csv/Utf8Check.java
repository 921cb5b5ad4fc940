package io.switchboard.crm.csv;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Whether bytes that come in parts are UTF-8 together. */
public final class Utf8Check {
    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer dropped = CharBuffer.allocate(8 * 1024);
    private byte[] rest = new byte[0];

    public boolean accepts(byte[] part) {
        var bytes = ByteBuffer.allocate(rest.length + part.length)
                .put(rest)
                .put(part)
                .flip();
        while (true) {
            dropped.clear();
            var result = decoder.decode(bytes, dropped, false);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                rest = new byte[bytes.remaining()];
                bytes.get(rest);
                return rest.length < LONGEST_CHARACTER;
            }
        }
    }

    /** After the last part. */
    public boolean isWhole() {
        return rest.length == 0;
    }
}
