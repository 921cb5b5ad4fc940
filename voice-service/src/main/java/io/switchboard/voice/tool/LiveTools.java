package io.switchboard.voice.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Uncancellable;
import io.switchboard.voice.call.Regions;
import io.switchboard.voice.livecall.AnswerRequest.ToolCall;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.tool.ToolCalls.Kept;
import io.switchboard.voice.tool.ToolCalls.Told;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Does once what an assistant asks for, however often it is delivered: by the id of the tool call, and by its meaning within the call.
 * A delivery that comes while another one is at work waits for its answer.
 */
@ApplicationScoped
class LiveTools {
    private static final int PAUSE_MILLIS = 40;

    private final ToolCalls calls;
    private final CrmTools crm;
    private final Regions regions;
    private final Vertx vertx;

    /** At work in this replica: its deliveries wait here, and only those of other replicas ask the database. */
    private final Map<Key, Uni<ToolText>> running = new ConcurrentHashMap<>();

    LiveTools(ToolCalls calls, CrmTools crm, Regions regions, Vertx vertx) {
        this.calls = calls;
        this.crm = crm;
        this.regions = regions;
        this.vertx = vertx;
    }

    private record Key(UUID orgId, String provider, String callId, String id) {}

    /** Fails where crm-service or the database is away; the next delivery tries again. @param until by {@link System#nanoTime} */
    Uni<ToolText> use(CallerContext caller, Provider provider, LiveCall call, ToolCall use, long until) {
        var arguments = CallArguments.read(use.arguments());
        var callId = call.id();
        return regions.of(caller)
                .chain(region -> callId == null
                        ? useAlone(caller, provider, call, use, arguments, region)
                        : shared(
                                caller,
                                told(provider, call, callId, use, arguments, region),
                                arguments != null,
                                until));
    }

    /**
     * Without a call there is nothing within which a use is a repeat: it is done each time, and is not kept.
     * What has an id has a key all the same: crm-service does it once.
     */
    private Uni<ToolText> useAlone(
            CallerContext caller,
            Provider provider,
            LiveCall call,
            ToolCall use,
            @Nullable CallArguments arguments,
            String region) {
        var tool = ToolMeaning.tool(use.name());
        if (tool == null || arguments == null) {
            return Uni.createFrom().item(tool == null ? Sentences.UNKNOWN_TOOL : Sentences.UNREADABLE);
        }
        var key = use.id() == null ? null : provider.name() + "::" + use.id();
        return calls.mayUse(caller, provider.name(), call.assistantId(), numbers(provider, call, region), tool.wire())
                .chain(mayUse -> mayUse
                        ? ask(caller, tool.wire(), key, arguments.json())
                        : Uni.createFrom().item(Sentences.NOT_ALLOWED));
    }

    /** Of the call, in E.164. */
    private static List<String> numbers(Provider provider, LiveCall call, String region) {
        return Stream.of(call.to(), call.from())
                .map(number -> PhoneNumbers.e164(number, provider.omitsPlus() ? PhoneNumbers.NO_PLUS : region))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Told told(
            Provider provider,
            LiveCall call,
            String callId,
            ToolCall use,
            @Nullable CallArguments given,
            String region) {
        var tool = ToolMeaning.tool(use.name());
        var arguments = given == null ? CallArguments.NONE : given;
        var id = use.id();
        return new Told(
                provider.name(),
                callId,
                ToolIds.fitting(id == null ? UuidV7.next().toString() : id),
                ToolIds.fitting(use.name()),
                arguments.json(),
                arguments.phone(region),
                tool == null ? null : arguments.meaning(tool, region),
                tool == null ? null : arguments.time(tool),
                call.assistantId(),
                numbers(provider, call, region));
    }

    /** The delivery that is joined may have less time left than this one: then once more. */
    private Uni<ToolText> shared(CallerContext caller, Told told, boolean isReadable, long until) {
        return joined(caller, told, isReadable, until)
                .onFailure(failure -> failure instanceof TimeoutException && System.nanoTime() < until)
                .recoverWithUni(() -> joined(caller, told, isReadable, until));
    }

    private Uni<ToolText> joined(CallerContext caller, Told told, boolean isReadable, long until) {
        var key = new Key(caller.orgId(), told.provider(), told.callId(), told.id());
        return running.computeIfAbsent(key, absent -> Uncancellable.run(
                        Uni.createFrom().deferred(() -> answer(caller, told, isReadable, until)))
                .onTermination()
                .invoke(() -> running.remove(key))
                .memoize()
                .indefinitely());
    }

    private Uni<ToolText> answer(CallerContext caller, Told told, boolean isReadable, long until) {
        return calls.begin(caller, told).chain(kept -> switch (kept.state()) {
            case ANSWERED -> Uni.createFrom().item(kept.text());
            case BEGUN ->
                work(caller, told, kept, isReadable)
                        .chain(text -> text == null
                                ? answer(caller, told, isReadable, until)
                                : Uni.createFrom().item(text));
            case RUNNING ->
                System.nanoTime() > until
                        ? Uni.createFrom().failure(new TimeoutException("The first delivery is still at work."))
                        : pause().chain(() -> answer(caller, told, isReadable, until));
        });
    }

    /** Null where it was done for another id of the same meaning, or where another one has the lease now: look again. */
    private Uni<@Nullable ToolText> work(CallerContext caller, Told told, Kept begun, boolean isReadable) {
        var start = System.nanoTime();
        return text(caller, told, begun, isReadable)
                .onFailure()
                .call(() -> calls.release(caller, begun).onFailure().recoverWithNull())
                .chain(text -> calls.finish(caller, begun, text, millisSince(start))
                        .map(isKept -> isKept && begun.key().equals(told.id()) ? text : null));
    }

    private Uni<ToolText> text(CallerContext caller, Told told, Kept begun, boolean isReadable) {
        if (ToolMeaning.tool(begun.name()) == null) {
            return Uni.createFrom().item(Sentences.UNKNOWN_TOOL);
        }
        if (!begun.mayUse()) {
            return Uni.createFrom().item(Sentences.NOT_ALLOWED);
        }
        return isReadable
                ? ask(caller, begun.name(), told.provider() + ":" + told.callId() + ":" + begun.key(), begun.body())
                : Uni.createFrom().item(Sentences.UNREADABLE);
    }

    private Uni<ToolText> ask(CallerContext caller, String tool, @Nullable String key, String body) {
        return crm.use(caller, tool, key, body)
                .map(ToolText::ofCrm)
                .onFailure(CrmTools::isFinal)
                .recoverWithItem(Sentences.IMPOSSIBLE);
    }

    private Uni<Void> pause() {
        return Uni.createFrom().emitter(waiting -> vertx.setTimer(PAUSE_MILLIS, timer -> waiting.complete(null)));
    }

    private static int millisSince(long nanos) {
        return Math.toIntExact(Duration.ofNanos(System.nanoTime() - nanos).toMillis());
    }
}
