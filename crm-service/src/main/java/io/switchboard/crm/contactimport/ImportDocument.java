package io.switchboard.crm.contactimport;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.switchboard.kit.stream.StreamDocument;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Adds the plain routes with files to the OpenAPI document, before the kit adds what all operations share. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 100)
public class ImportDocument implements OASFilter {
    private static final String TAG = "Imports and export";
    private static final String CSV = "text/csv";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().addSchema("AcceptedImport", accepted());
        var paths = document.getPaths();
        paths.getPathItem(ContactImportRoute.PATH).setPOST(post());
        paths.addPathItem(
                ContactImportRoute.PATH + "/{id}/errors.csv",
                OASFactory.createPathItem().GET(errors()));
        StreamDocument.add(document, ContactImportRoute.PATH + "/{id}/events", events());
        paths.addPathItem(
                "/api/contacts/export.csv", OASFactory.createPathItem().GET(export()));
    }

    private static Operation post() {
        var content = csv("name,phone,leadStatus\r\nAda Lovelace,+15555550142,new\r\n")
                .addMediaType(
                        "multipart/form-data", OASFactory.createMediaType().schema(form()));
        return OASFactory.createOperation()
                .addTag(TAG)
                .operationId("importContacts")
                .summary("Import contacts from a CSV file")
                .description(
                        "UTF-8, with a header; comma, semicolon or tab. Answered once the file is stored; GET …/{id}"
                                + " shows how far it has come. A contact that is known by the key is changed, where cells are not blank.")
                .parameters(List.of(
                        query(
                                "key",
                                text().enumeration(List.of("phone", "email")).defaultValue("phone")),
                        query(
                                "dryRun",
                                OASFactory.createSchema()
                                        .addType(Schema.SchemaType.BOOLEAN)
                                        .defaultValue(false)),
                        OASFactory.createParameter()
                                .name("Idempotency-Key")
                                .in(Parameter.In.HEADER)
                                .description("The same file again gets the first answer again for 24 hours")
                                .schema(text().minLength(1).maxLength(255))))
                .requestBody(OASFactory.createRequestBody()
                        .required(true)
                        .description("The file, or a form with one file; at most 25 MiB")
                        .content(content))
                .responses(
                        OASFactory.createAPIResponses()
                                .addAPIResponse(
                                        "202",
                                        OASFactory.createAPIResponse()
                                                .description("Stored; Location names the import")
                                                .content(
                                                        OASFactory.createContent()
                                                                .addMediaType(
                                                                        "application/json",
                                                                        OASFactory.createMediaType()
                                                                                .schema(
                                                                                        OASFactory.createSchema()
                                                                                                .ref(
                                                                                                        "#/components/schemas/AcceptedImport"))))));
    }

    private static Operation events() {
        return StreamDocument.operation(
                        "Follow an import",
                        "An event progress each time that it has come further, and at last completed or failed; the data is the"
                                + " import without its errors. The stream ends with it.")
                .addParameter(id())
                .addTag(TAG)
                .operationId("followImport");
    }

    private static Operation errors() {
        return OASFactory.createOperation()
                .addTag(TAG)
                .operationId("listImportErrors")
                .summary("Get the refused rows of an import as CSV")
                .description("Line, field and message, and the row's own cells: it can be mended and imported.")
                .parameters(List.of(id()))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse(
                                "200",
                                OASFactory.createAPIResponse()
                                        .description("The rows")
                                        .content(csv("line,field,message,phone\r\n2,phone,must not be blank,\r\n"))));
    }

    private static Operation export() {
        return OASFactory.createOperation()
                .addTag(TAG)
                .operationId("exportContacts")
                .summary("Export contacts as CSV")
                .description(
                        "Its columns are those that an import reads. Cells that a spreadsheet would take for formulas"
                                + " begin with an apostrophe, which an import removes.")
                .parameters(List.of(
                        query("leadScore", text().enumeration(List.of("hot", "warm", "cold"))),
                        query(
                                "leadStatus",
                                text().enumeration(List.of(
                                        "new", "contacted", "qualified", "booked", "converted", "lost")))))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse(
                                "200",
                                OASFactory.createAPIResponse()
                                        .description("The contacts")
                                        .content(csv("name,phone\r\nAda Lovelace,+15555550142\r\n"))));
    }

    private static Schema accepted() {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .addProperty("id", text().format("uuid"))
                .addProperty("status", text().enumeration(List.of("queued", "running", "completed", "failed")));
    }

    private static Schema form() {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .addProperty("file", text().format("binary").addExample("name,phone"));
    }

    private static Content csv(String example) {
        return OASFactory.createContent()
                .addMediaType(CSV, OASFactory.createMediaType().schema(text().addExample(example)));
    }

    private static Parameter id() {
        return OASFactory.createParameter()
                .name("id")
                .in(Parameter.In.PATH)
                .required(true)
                .schema(text().format("uuid"));
    }

    private static Parameter query(String name, Schema schema) {
        return OASFactory.createParameter().name(name).in(Parameter.In.QUERY).schema(schema);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
