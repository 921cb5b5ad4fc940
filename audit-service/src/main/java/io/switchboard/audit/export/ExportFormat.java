package io.switchboard.audit.export;

import io.switchboard.kit.problem.Problem;
import io.vertx.ext.web.MIMEHeader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a file is written as. */
enum ExportFormat {
    NDJSON("application/x-ndjson", Set.of("application/x-ndjson", "application/ndjson", "application/jsonl")),
    CSV("text/csv;charset=UTF-8", Set.of("text/csv"));

    private final String mediaType;
    private final Set<String> accepted;

    ExportFormat(String mediaType, Set<String> accepted) {
        this.mediaType = mediaType;
        this.accepted = accepted;
    }

    /**
     * The parameter counts before the header. Fails with {@code not_acceptable}.
     *
     * @param accept the media types of the header, the preferred one first; empty without a header
     */
    static ExportFormat of(@Nullable String parameter, List<MIMEHeader> accept) {
        if (parameter != null && !parameter.isBlank()) {
            return named(parameter.strip());
        }
        if (accept.isEmpty()) {
            return NDJSON;
        }
        return accept.stream()
                .filter(type -> type.weight() > 0)
                .map(ExportFormat::matching)
                .filter(format -> format != null)
                .findFirst()
                .orElseThrow(ExportFormat::refusal);
    }

    private static ExportFormat named(String parameter) {
        return switch (parameter) {
            case "ndjson" -> NDJSON;
            case "csv" -> CSV;
            default -> throw refusal();
        };
    }

    private static @Nullable ExportFormat matching(MIMEHeader type) {
        var name = type.component() + "/" + type.subComponent();
        for (var format : values()) {
            if (format.accepted.contains(name)
                    || name.equals("*/*")
                    || name.equals(format.mediaType.substring(0, format.mediaType.indexOf('/')) + "/*")) {
                return format;
            }
        }
        return null;
    }

    private static Problem refusal() {
        return Problem.of(406, "not_acceptable", "Ask for application/x-ndjson or text/csv, or format=ndjson or csv.");
    }

    String mediaType() {
        return mediaType;
    }

    String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
