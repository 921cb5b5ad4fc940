package io.switchboard.kit.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.switchboard.kit.text.CleanText;
import io.vertx.pgclient.PgException;
import jakarta.persistence.OptimisticLockException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.JDBCException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Maps any failure to the problem that the caller gets. An unexpected one becomes a 500 without details. */
public final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final Pattern RAISED = Pattern.compile("ERROR: (\\w+): (.+?)(?: \\(SB409\\))?", Pattern.DOTALL);

    /** Hibernate does not read the constraint's name out of this one. */
    private static final Pattern EXCLUDED = Pattern.compile("violates exclusion constraint \"(\\w+)\"");

    /** The state of what triggers raise themselves. */
    private static final String RAISED_STATE = "SB409";

    private Problems() {}

    /** As {@link #of(Throwable)}; a change that was lost in a race is a failed precondition if the caller sent If-Match. */
    static Problem of(Throwable failure, @Nullable String ifMatch) {
        var problem = of(failure);
        var named = ifMatch != null && !ifMatch.isBlank() && !ifMatch.trim().equals("*");
        return named && problem.status() == 409 && problem.type().equals(Problem.CHANGED)
                ? Problem.preconditionFailed()
                : problem;
    }

    public static Problem of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var known = known(cause);
            if (known != null) {
                return known;
            }
        }
        LOG.error("Unforeseen failure", failure);
        return Problem.fault();
    }

    private static @Nullable Problem known(Throwable cause) {
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof PgException database) {
            return RAISED_STATE.equals(database.getSqlState())
                    ? raised(cause)
                    : database(database.getSqlState(), constraint(cause));
        }
        if (cause instanceof JDBCException database) {
            return RAISED_STATE.equals(database.getSQLState())
                    ? raised(database.getCause())
                    : database(database.getSQLState(), constraint(cause));
        }
        if (cause instanceof ConstraintViolationException invalid) {
            return ValidationErrors.of(invalid);
        }
        if (cause instanceof JacksonException json) {
            return json(json);
        }
        if (cause instanceof OptimisticLockException || cause instanceof org.hibernate.StaleStateException) {
            return Problem.conflict(Problem.CHANGED, "Another request changed this at the same time; read it again.");
        }
        if (cause instanceof WebApplicationException web && !(web.getCause() instanceof JacksonException)) {
            return web(web.getResponse().getStatus());
        }
        return lostConnection(cause) ? Problem.unavailable(1) : null;
    }

    /** A constraint is named after its refusal, so that its name is the type; a foreign key after its field on the wire. */
    private static @Nullable Problem database(@Nullable String state, @Nullable String constraint) {
        return switch (state == null ? "" : state) {
            case "23505", "23P01" ->
                constraint == null ? null : Problem.conflict(constraint, sentence(constraint) + ".");
            case "23503" -> Problem.invalid(constraint, "refers to something that does not exist");
            case "23514" -> Problem.of(422, constraint, sentence(constraint) + ".");
            case "22021", "22P05" ->
                Problem.badRequest("invalid_text", "Text holds a character that cannot be stored.");
            case "22001", "22003", "22007", "22008", "22P02" ->
                Problem.of(422, "value_out_of_range", "A time, a number or a text is out of the range that is stored.");
            case "40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "53300" -> Problem.unavailable(1);
            default -> null;
        };
    }

    /**
     * The constraint that the database names in a refusal; null for other failures. Of what a trigger raises, and of exclusion
     * constraints, Hibernate passes on only the message, so triggers begin it with the name.
     */
    public static @Nullable String constraint(Throwable failure) {
        if (failure instanceof PgException database) {
            return database.getConstraint();
        }
        if (failure instanceof org.hibernate.exception.ConstraintViolationException database
                && database.getConstraintName() != null) {
            return database.getConstraintName();
        }
        if (!(failure instanceof JDBCException database)) {
            return null;
        }
        var excluded = EXCLUDED.matcher(String.valueOf(database.getCause().getMessage()));
        var raised = message(database.getCause());
        return excluded.find() ? excluded.group(1) : raised == null ? null : raised.group(1);
    }

    /** Triggers refuse illegal transitions: {@code lead_status_illegal: a lead does not go from new to booked}. */
    private static @Nullable Problem raised(Throwable failure) {
        var message = message(failure);
        return message == null
                ? null
                : Problem.conflict(
                        message.group(1),
                        Character.toUpperCase(message.group(2).charAt(0))
                                + message.group(2).substring(1) + ".");
    }

    private static @Nullable Matcher message(Throwable failure) {
        var message = RAISED.matcher(String.valueOf(failure.getMessage()));
        return message.matches() ? message : null;
    }

    private static Problem json(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return Problem.badRequest(
                    "unknown_field",
                    "The field '" + printable(unknown.getPropertyName()) + "' is not known here.",
                    List.of(new Problem.FieldError(printable(path(unknown)), "is not known here")));
        }
        if (failure instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return Problem.badRequest(
                    "malformed_field",
                    "The field '" + printable(path(mapping)) + "' has a value of the wrong kind.",
                    List.of(new Problem.FieldError(printable(path(mapping)), "has a value of the wrong kind")));
        }
        return Problem.badRequest("malformed_json", "The body is not the JSON that is expected here.");
    }

    private static String path(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."));
    }

    static String printable(String text) {
        var clean = text.replaceAll("\\p{Cntrl}", "?");
        return CleanText.cut(clean, 80);
    }

    private static Problem web(int status) {
        return switch (status) {
            case 400 -> Problem.badRequest("malformed_request", "The request cannot be read.");
            case 401 -> Problem.unauthorized();
            case 403 -> Problem.forbidden();
            case 404 -> Problem.of(404, "not_found", "There is nothing here.");
            case 405 -> Problem.of(405, "method_not_allowed", "This method is not offered here.");
            case 406 ->
                Problem.of(406, "not_acceptable", "This operation offers no media type that the Accept header lists.");
            case 413 -> Problem.of(413, "body_too_large", "The body is too large.");
            case 415 -> Problem.unsupportedMediaType();
            default -> Problem.of(status, "http_" + status, "The request was refused.");
        };
    }

    /** Lost, refused or timed-out connections: of the pool's own exceptions only the package says so. */
    private static boolean lostConnection(Throwable cause) {
        return cause instanceof IOException || cause.getClass().getPackageName().startsWith("io.vertx");
    }

    private static String sentence(@Nullable String constraint) {
        return constraint == null ? "Conflict" : Problem.of(409, constraint, "").title();
    }
}
