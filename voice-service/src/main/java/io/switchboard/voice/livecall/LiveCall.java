package io.switchboard.voice.livecall;

import io.switchboard.voice.callevent.CleanField;
import org.jspecify.annotations.Nullable;

/**
 * The call that a request for an answer is about, as the provider tells it.
 *
 * @param id the provider's, as in the events of the call; null before there is one
 * @param from who calls, verbatim
 * @param to whom they called, verbatim
 * @param assistantId the provider's id of the assistant that talks or will talk; null while none is chosen
 */
public record LiveCall(
        @Nullable String id,
        @Nullable String from,
        @Nullable String to,
        @Nullable String assistantId) {
    public LiveCall {
        id = CleanField.cut(id, CleanField.NAME);
        from = CleanField.cut(from, CleanField.NAME);
        to = CleanField.cut(to, CleanField.NAME);
        assistantId = CleanField.cut(assistantId, CleanField.NAME);
    }

    /** Of a body that names no call. */
    public static final LiveCall UNKNOWN = new LiveCall(null, null, null, null);
}
