package io.switchboard.voice.call;

import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.voice.inbox.Claim;
import io.switchboard.voice.inbox.EventBatch.Event;
import io.switchboard.voice.inbox.EventFault;
import io.switchboard.voice.provider.CallEvent;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.Untranslatable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    private final @Nullable Call before;
    private final List<UUID> unreadable = new ArrayList<>();
    private final List<Effect> owedBefore = new ArrayList<>();
    private @Nullable Call after;
    private String flaw = "";

    /**
     * @param provider null when it is no longer supported
     * @param before null when the call is new
     */
    CallUpdate(Claim claim, @Nullable Provider provider, String region, @Nullable Call before) {
        this.claim = claim;
        this.provider = provider;
        this.region = provider != null && provider.omitsPlus() ? PhoneNumbers.NO_PLUS : region;
        this.before = before;
        this.after = before;
    }

    /** In order; an unreadable event is listed, and changes nothing. */
    CallUpdate apply(List<Event> events, EffectsJson owed) {
        for (var event : events) {
            owedBefore.addAll(owed.read(event.effects()));
            if (event.raw() != null) {
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
        return before != null && before.erased();
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

    @Nullable
    Call before() {
        return before;
    }

    /** Null when the events are about no call. */
    @Nullable
    Call after() {
        return after;
    }

    List<UUID> unreadable() {
        return unreadable;
    }

    /** Why the last unreadable one is. */
    String flaw() {
        return flaw;
    }

    /** In the order in which they arose, each once; what crm-service was owed of the call already comes first. */
    List<Effect> effects() {
        if (isErased()) {
            return List.of();
        }
        Map<String, Effect> byKey = new LinkedHashMap<>();
        owedBefore.forEach(effect -> byKey.put(effect.key(), effect));
        if (after != null && !after.equals(before)) {
            CallEffects.of(before, after).forEach(effect -> byKey.put(effect.key(), effect));
        }
        return List.copyOf(byKey.values());
    }
}
