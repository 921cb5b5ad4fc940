package io.switchboard.crm.echo;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Operations with large bodies, answers without an end, and paths of which one contains another. */
@Path("/api/echoes")
public class LargeEchoResource {

    public record CountView(long bytes) {}

    @POST
    @Path("count")
    @Consumes({"text/csv", "application/octet-stream"})
    @Blocking
    public CountView count(InputStream body) throws IOException {
        return new CountView(body.transferTo(OutputStream.nullOutputStream()));
    }

    @GET
    @Path("stream")
    @Produces("text/event-stream")
    @RestStreamElementType("text/plain")
    public Multi<String> stream() {
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item("first"), Multi.createFrom().nothing());
    }

    @GET
    @Path("{id}.ics")
    public EchoForm showCalendar(@RestPath String id) {
        return new EchoForm("calendar " + id, true);
    }

    @GET
    @Path("{id}")
    public EchoForm show(@RestPath String id) {
        return new EchoForm("echo " + id, true);
    }
}
