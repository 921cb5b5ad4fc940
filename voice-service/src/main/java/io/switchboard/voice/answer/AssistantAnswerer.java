package io.switchboard.voice.answer;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.call.Regions;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerContent.Reason;
import io.switchboard.voice.livecall.AnswerRequest.Assistant;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.Provider;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says who answers a call, and what it knows of the other party before it speaks. */
@ApplicationScoped
class AssistantAnswerer implements Answerer<Assistant> {
    private final AnswerableCalls calls;
    private final ContactContexts contacts;
    private final ToolDefinitions tools;
    private final Regions regions;

    AssistantAnswerer(AnswerableCalls calls, ContactContexts contacts, ToolDefinitions tools, Regions regions) {
        this.calls = calls;
        this.contacts = contacts;
        this.tools = tools;
        this.regions = regions;
    }

    @Override
    public Class<Assistant> kind() {
        return Assistant.class;
    }

    @Override
    public AnswerContent failure(Assistant request) {
        return Spoken.none(Reason.AWAY);
    }

    @Override
    public Uni<AnswerContent> answer(CallerContext caller, Provider provider, Assistant request, Duration left) {
        return regions.of(caller)
                .map(region -> provider.omitsPlus() ? PhoneNumbers.NO_PLUS : region)
                .chain(region -> answer(caller, provider, request.call(), region));
    }

    private Uni<AnswerContent> answer(CallerContext caller, Provider provider, LiveCall call, String region) {
        var to = PhoneNumbers.e164(call.to(), region);
        var from = PhoneNumbers.e164(call.from(), region);
        return Uni.combine()
                .all()
                .unis(calls.find(caller, provider, to, call.assistantId(), from), contacts.find(caller, from))
                .asTuple()
                .chain(found -> answer(caller, provider, call, found.getItem1(), found.getItem2()));
    }

    private Uni<AnswerContent> answer(
            CallerContext caller,
            Provider provider,
            LiveCall call,
            @Nullable AnsweringAssistant assistant,
            ContactContext contact) {
        var refusal = refusal(assistant, contact);
        return refusal != null || assistant == null
                ? Uni.createFrom().item(Spoken.none(refusal == null ? Reason.UNKNOWN_NUMBER : refusal))
                : calls.record(caller, provider, call, assistant)
                        .replaceWith(() -> assistant.content(contact, tools.named(assistant.tools())));
    }

    /** Null where the assistant answers. A blocked contact is declined at all numbers. */
    private static @Nullable Reason refusal(@Nullable AnsweringAssistant assistant, ContactContext contact) {
        if (contact.isBlocked()) {
            return Reason.DECLINED;
        }
        if (assistant == null || !assistant.isKnown()) {
            return Reason.UNKNOWN_NUMBER;
        }
        return assistant.isOpen() ? null : Reason.CLOSED;
    }
}
