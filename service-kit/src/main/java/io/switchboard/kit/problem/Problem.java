package io.switchboard.kit.problem;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, with a stable type for programs and a detail for people, and members of its own where programs need more; its cause is
 * for the log only.
 */
public class Problem extends RuntimeException {
    /** One thing that is wrong with the input; the field is named as on the wire. */
    public record FieldError(String field, String message) {}

    private static final Pattern EXTENSION = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{2,}");

    static final String CHANGED = "changed_meanwhile";
    private static final int MOST_FIELDS = 100; // in one answer

    private final int status;
    private final String type;
    private final List<FieldError> errors;
    private final int retryAfterSeconds;
    private final Map<String, String> more;
    private final Map<String, Object> members;

    private Problem(int status, String type, String detail, List<FieldError> errors, int retryAfterSeconds) {
        this(status, type, detail, errors, retryAfterSeconds, Map.of(), Map.of());
    }

    private Problem(
            int status,
            String type,
            String detail,
            List<FieldError> errors,
            int retryAfterSeconds,
            Map<String, String> more,
            Map<String, Object> members) {
        super(detail, null, false, false); // an answer, not a fault: no stack trace
        this.status = status;
        this.type = type;
        this.errors = List.copyOf(errors);
        this.retryAfterSeconds = retryAfterSeconds;
        this.more = more;
        this.members = members;
    }

    /**
     * The same problem with a further member in its document (RFC 9457, 3.2).
     *
     * @param member not one that every problem has
     * @param value what JSON is written of
     */
    public Problem with(String member, Object value) {
        if (ProblemJson.MEMBERS.contains(member) || !EXTENSION.matcher(member).matches()) {
            throw new IllegalArgumentException(
                    "Name the member with three letters or more, and not as a standard one: " + member);
        }
        var all = new LinkedHashMap<>(members);
        all.put(member, value);
        return new Problem(
                status, type, getMessage(), errors, retryAfterSeconds, more, Collections.unmodifiableMap(all));
    }

    public static Problem of(int status, String type, String detail) {
        return new Problem(status, type, detail, List.of(), 0);
    }

    public static Problem badRequest(String type, String detail) {
        return of(400, type, detail);
    }

    public static Problem unsupportedMediaType() {
        return of(415, "unsupported_media_type", "The body's media type is not taken here.");
    }

    public static Problem bodyMissing() {
        return badRequest("body_missing", "The body is missing.");
    }

    public static Problem badRequest(String type, String detail, List<FieldError> errors) {
        return new Problem(400, type, detail, errors, 0);
    }

    /** One text for every reason, so that the answer does not tell which it was. */
    public static Problem unauthorized() {
        return unauthorized("unauthorized", "A valid credential is needed.");
    }

    public static Problem unauthorized(String type, String detail) {
        return of(401, type, detail);
    }

    public static Problem forbidden() {
        return of(403, "forbidden", "Your role may not do this.");
    }

    /** For a role that may change an object, but not these fields of it. */
    public static Problem forbiddenFields(Collection<String> fields) {
        var errors = fields.stream()
                .limit(MOST_FIELDS)
                .map(field -> new FieldError(Problems.printable(field), "may not be changed by your role"))
                .toList();
        return new Problem(403, "forbidden", "Your role may not change these fields.", errors, 0);
    }

    /** Also for what belongs to another tenant: row security hides it, and the answer is the same. The id is not echoed. */
    public static Problem notFound(String what, @Nullable Object id) {
        return of(404, what + "_not_found", "There is no such " + what.replace('_', ' ') + ".");
    }

    /** @param allowed the methods that there are */
    public static Problem methodNotAllowed(Collection<String> allowed) {
        var detail = "This method is not offered here.";
        var allow = Map.of("Allow", String.join(", ", allowed));
        return new Problem(405, "method_not_allowed", detail, List.of(), 0, allow, Map.of());
    }

    public static Problem conflict(String type, String detail) {
        return of(409, type, detail);
    }

    /** A conflict that goes away by itself. */
    public static Problem conflict(String type, String detail, int retryAfterSeconds) {
        return new Problem(409, type, detail, List.of(), retryAfterSeconds);
    }

    public static Problem preconditionFailed() {
        return of(412, CHANGED, "It has changed since the version that If-Match names.");
    }

    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    public static Problem invalid(List<FieldError> errors) {
        return new Problem(422, "invalid", "Some fields are not valid.", errors, 0);
    }

    public static Problem tooLarge(long limitBytes) {
        return of(413, "body_too_large", "The body may have at most " + limitBytes + " bytes.");
    }

    public static Problem tooMany(String type, int retryAfterSeconds) {
        return tooMany(type, "Too many tries; wait before the next.", retryAfterSeconds);
    }

    public static Problem tooMany(String type, String detail, int retryAfterSeconds) {
        return new Problem(429, type, detail, List.of(), retryAfterSeconds);
    }

    public static Problem unavailable(int retryAfterSeconds) {
        return new Problem(503, "unavailable", "Not available at the moment; try again.", List.of(), retryAfterSeconds);
    }

    static Problem fault() {
        return of(500, "fault", "Something went wrong on our side. The request id finds it in our log.");
    }

    public int status() {
        return status;
    }

    /** The last part of the type URN, such as {@code contact_phone_taken}. */
    public String type() {
        return type;
    }

    public String title() {
        var words = type.replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** Further members of the document, by name. */
    public Map<String, Object> members() {
        return members;
    }

    /**
     * What the answer says beside its body: how to be let in, how long to wait, and that a limit is used up
     * (draft-ietf-httpapi-ratelimit-headers), which goes by the problem's type.
     */
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<>(more);
        if (status == 401) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        if (retryAfterSeconds > 0) {
            headers.put("Retry-After", String.valueOf(retryAfterSeconds));
        }
        if (status == 429) {
            headers.put("RateLimit", "\"" + type + "\";r=0" + (retryAfterSeconds > 0 ? ";t=" + retryAfterSeconds : ""));
        }
        return headers;
    }

    /** Zero where waiting would not help. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
