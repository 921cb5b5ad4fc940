package io.switchboard.voice.calllist;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.call.Regions;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Calls over HTTP; read only, since providers' events create and change them. */
@Path("/api/calls")
@Tag(name = "Calls")
public class CallResource {
    private final CallerContext caller;
    private final Calls calls;
    private final Regions regions;

    CallResource(CallerContext caller, Calls calls, Regions regions) {
        this.caller = caller;
        this.calls = calls;
        this.regions = regions;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List calls",
            description =
                    "Newest first, without transcripts, and with the first 500 characters of summaries. Filters combine; all of"
                            + " them must hold. A PIN client sees its own, a user those of own agents, enterprise those of all"
                            + " agents.")
    public Uni<PageOf<CallView>> list(@BeanParam CallFilter filter, @BeanParam Page page) {
        return number(filter.number()).chain(number -> calls.list(caller, filter, number, page));
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Path("recent")
    @Operation(
            summary = "List the newest calls",
            description = "The first page of /api/calls, of all clients or of one; nextCursor leads on here and there.")
    public Uni<PageOf<CallView>> recent(
            @QueryParam("clientId") @Parameter(description = "The PIN client they belong to") @Nullable String clientId,
            @BeanParam Page page) {
        var filter = new CallFilter();
        filter.clientId = clientId;
        return page.after() == null
                ? calls.recent(caller, filter.clientId(), page)
                : calls.list(caller, filter, null, page);
    }

    /** Fails with {@code call_not_found}. */
    @GET
    @Path("{id}")
    @Operation(summary = "Show a call", description = "With its transcript and all of its summary.")
    public Uni<CallView> show(@RestPath UUID id) {
        return calls.show(caller, id);
    }

    private Uni<@Nullable String> number(@Nullable String given) {
        return given == null ? Uni.createFrom().nullItem() : regions.of(caller).map(region -> e164(given, region));
    }

    private static String e164(String given, String region) {
        var number = PhoneNumbers.e164(given, region);
        if (number == null) {
            throw Filters.invalid("number", "is a telephone number");
        }
        return number;
    }
}
