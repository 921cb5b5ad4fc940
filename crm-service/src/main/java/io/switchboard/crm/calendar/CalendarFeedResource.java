package io.switchboard.crm.calendar;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfNoneMatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.member.RecheckCaller;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Feeds of appointments over HTTP: for people who manage them, and for calendar apps that read them. */
@Path("/api/appointments/feeds")
@Tag(name = "Appointments")
public class CalendarFeedResource {
    private final CallerContext caller;
    private final Members members;
    private final CalendarFeeds feeds;
    private final FeedDocuments documents;

    CalendarFeedResource(CallerContext caller, Members members, CalendarFeeds feeds, FeedDocuments documents) {
        this.caller = caller;
        this.members = members;
        this.feeds = feeds;
        this.documents = documents;
    }

    /** Fails with {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List calendar feeds",
            description = "Newest first, without their links. Admins see everybody's, others their own.")
    public Uni<PageOf<CalendarFeedView>> list(@BeanParam Page page) {
        return feeds.list(caller, page);
    }

    /** Fails with {@code invalid} for an {@code assigneeId} that is no member's. */
    @POST
    @RecheckCaller
    @ResponseStatus(201)
    @Operation(
            summary = "Add a calendar feed",
            description =
                    "The answer has the link that calendar apps subscribe to. It is secret and shown only here: it needs no"
                            + " sign-in. It ends when it is deleted, and when the user who made it may no longer list appointments.")
    public Uni<IssuedCalendarFeed> create(@NotNull @Valid CalendarFeedForm form) {
        var assignee = form.assigneeId() == null ? List.<UUID>of() : List.of(form.assigneeId());
        return members.find(caller, "assigneeId", assignee).chain(known -> feeds.create(form));
    }

    /** Fails with {@code calendar_feed_not_found}. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a calendar feed", description = "Its link ends at once.")
    public Uni<Void> delete(@RestPath UUID id) {
        return feeds.end(caller, id);
    }

    /** Fails with {@code calendar_feed_not_found}, or {@code unavailable} while too many are being written. */
    @GET
    @Path("{token}.ics")
    @Produces(CalendarAnswer.TYPE)
    @Operation(
            summary = "Read a calendar feed",
            description =
                    "The appointments of the last 30 and the next 365 days, 2,000 at most. What is cancelled stays for 30 days,"
                            + " as STATUS:CANCELLED; what is deleted is gone.")
    @APIResponse(
            responseCode = "200",
            description = "The appointments, in UTC",
            content =
                    @Content(
                            mediaType = "text/calendar",
                            schema = @Schema(type = SchemaType.STRING, examples = CalendarAnswer.EXAMPLE)))
    @APIResponse(responseCode = "304", description = "As the caller has it")
    public Uni<RestResponse<String>> read(@RestPath String token, @BeanParam IfNoneMatch ifNoneMatch) {
        return feeds.open(token).chain(feed -> documents.find(feed, ifNoneMatch));
    }
}
