package io.switchboard.crm.echo;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.KeyedRequest;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Operations whose answers tell how often they did their work. */
@Path("/api/echoes")
public class EchoResource {
    private final EchoWork work;

    EchoResource(EchoWork work) {
        this.work = work;
    }

    @POST
    @TenantWork
    public Uni<RestResponse<EchoView>> create(@NotNull @Valid EchoForm form, @Context RoutingContext context) {
        if (!form.isKept()) {
            KeyedRequest.doNotKeep(context);
        }
        var view = new EchoView(UUID.randomUUID(), form.text());
        return Uni.createFrom()
                .item(RestResponse.ResponseBuilder.<EchoView>create(202)
                        .entity(view)
                        .header("Location", "/api/echoes/" + view.id())
                        .header("Link", "<first>")
                        .header("Link", "<second>")
                        .build());
    }

    /** Refuses with what else the caller may want to know. */
    @POST
    @Path("refusals")
    @AlsoAnswers(409)
    @ResponseStatus(204)
    public Uni<Void> createRefusal(@NotNull @Valid EchoForm form) {
        return Uni.createFrom()
                .failure(Problem.conflict("echo_taken", "There is such an echo.")
                        .with("clash", Map.of("text", form.text())));
    }

    /** What no operation may do: the answer is made after the transaction. */
    @POST
    @Path("changed")
    @ResponseStatus(201)
    public Uni<EchoView> createChanged(@NotNull @Valid EchoForm form) {
        return work.echo(form).map(view -> new EchoView(view.id(), "changed"));
    }
}
