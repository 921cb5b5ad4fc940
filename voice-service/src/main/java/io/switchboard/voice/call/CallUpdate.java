package io.switchboard.voice.call;

import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.TranscriptFragment;
import io.switchboard.voice.inbox.Claim;
import io.switchboard.voice.inbox.EventBatch.Event;
import io.switchboard.voice.inbox.EventFault;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a batch of events makes of a call, as one change, and what follows from it. Of an erased call nothing follows, and
 * its unreadable events are passed over: a dead letter would keep what they say.
 */
final class CallUpdate {
    private static final Logger LOG = Logger.getLogger(CallUpdate.class);

    private static final String UNTRANSLATABLE = "The event could not be translated.";

    private final Claim claim;
    private final @Nullable Provider provider;
    private final String region;
    private final @Nullable CallRow row;
    private final Set<CallKey> keys = new TreeSet<>();
    private final List<UUID> unreadable = new ArrayList<>();
    private final List<Effect> owedBefore = new ArrayList<>();
    private final List<TranscriptFragment> fragments = new ArrayList<>();
    private @Nullable Call after;
    private String flaw = "";

    /**
     * @param provider null when it is no longer supported
     * @param row null when the call is new
     */
    CallUpdate(Claim claim, @Nullable Provider provider, String region, @Nullable CallRow row) {
        this.claim = claim;
        this.provider = provider;
        this.region = provider != null && provider.omitsPlus() ? PhoneNumbers.NO_PLUS : region;
        this.row = row;
        this.after = row == null ? null : BorrowedFields.giveBack(row.call());
    }

    /** In order; an unreadable event is listed, and changes nothing. */
    CallUpdate apply(List<Event> events, EffectsJson owed) {
        for (var event : events) {
            owedBefore.addAll(owed.read(event.effects()));
            if (event.raw() != null && !event.raw().isToolUse()) {
                translate(event);
            }
        }
        return this;
    }

    private void translate(Event event) {
        try {
            var told = knownProvider().translate(event.raw());
            if (event.raw().isMalformed()) {
                throw new Untranslatable("The event is malformed.");
            }
            if (told != null && claim.callKey() != null) {
                after = after(told);
                keys.addAll(told.keys());
                fragments.addAll(told.fragments());
            }
        } catch (Untranslatable e) {
            passOver(event, e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warnf("Webhook event %s could not be translated: %s", event.id(), EventFault.kind(e));
            passOver(event, UNTRANSLATABLE);
        }
    }

    private void passOver(Event event, String reason) {
        if (!isErased()) {
            unreadable.add(event.id());
            flaw = reason;
        }
    }

    boolean isErased() {
        return row != null && row.call().erased();
    }

    private Provider knownProvider() {
        if (provider == null) {
            throw new Untranslatable("The provider is no longer supported.");
        }
        return provider;
    }

    private Call after(CallEvent told) {
        return after == null ? Call.first(UuidV7.next(), told, region) : after.after(told, region);
    }

    /** As it is stored; null when the call is new. */
    @Nullable
    CallRow row() {
        return row;
    }

    /** As its own events tell it; null when the events are about no call. */
    @Nullable
    Call after() {
        return after;
    }

    /** Of an erased call none. */
    List<TranscriptFragment> fragments() {
        return isErased() ? List.of() : fragments;
    }

    List<UUID> unreadable() {
        return unreadable;
    }

    /** Why the last unreadable one is. */
    String flaw() {
        return flaw;
    }

    /** Ids that the call is first told to go by: so many that it has {@link CallKeys#MOST} at most. */
    Set<CallKey> gainedKeys() {
        Set<CallKey> known = row == null ? Set.of() : row.keys();
        return keys.stream()
                .filter(key -> key.isUsable() && !known.contains(key) && !key.equals(CallKeys.own(claim)))
                .limit(CallKeys.MOST - known.size())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What crm-service was owed of the call already. */
    List<Effect> owed() {
        return isErased() ? List.of() : List.copyOf(owedBefore);
    }
}
