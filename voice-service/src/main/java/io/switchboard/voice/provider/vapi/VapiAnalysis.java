package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.provider.Json;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How Vapi judged a call: in structured outputs and scorecards, which the tenant names, else in the older analysis. Names are
 * compared without case, blanks and punctuation.
 */
final class VapiAnalysis {
    private static final Set<String> LEAD = Set.of("leadscore", "lead");
    private static final Set<String> SUCCESS =
            Set.of("success", "successevaluation", "callsuccess", "callsuccessful", "successful");
    private static final String[] OUTPUTS = {"/artifact/structuredOutputs", "/call/artifact/structuredOutputs"};
    private static final String[] SCORECARDS = {"/artifact/scorecards", "/call/artifact/scorecards"};

    /** Of outputs, and of fields in an output. */
    private static final int MOST = 100;

    private final JsonNode message;

    VapiAnalysis(JsonNode message) {
        this.message = message;
    }

    @Nullable
    LeadScore leadScore() {
        LeadScore told = LeadScore.read(output(LEAD));
        return told != null
                ? told
                : LeadScore.read(Json.text(
                        message, "/analysis/structuredData/leadScore", "/analysis/structuredData/lead_score"));
    }

    @Nullable
    String successEvaluation() {
        String output = output(SUCCESS);
        String told = output == null ? scorecard() : output;
        if (told != null) {
            return told;
        }
        String text = Json.text(message, "/analysis/successEvaluation");
        return text == null ? checklist(message.at("/analysis/successEvaluation")) : text;
    }

    /**
     * The result of the first output of such a name, else the first field of such a name in a result, else a named result
     * that is a checklist.
     */
    private @Nullable String output(Set<String> names) {
        String inner = null;
        String checklist = null;
        for (String pointer : OUTPUTS) {
            int seen = 0;
            for (JsonNode output : message.at(pointer)) {
                boolean named = isNamed(output, names);
                String told = named ? Json.text(output, "/result") : null;
                if (told != null) {
                    return told;
                }
                checklist = checklist == null && named ? checklist(output.path("result")) : checklist;
                inner = inner == null ? field(output.path("result"), names) : inner;
                if (++seen == MOST) {
                    break;
                }
            }
        }
        return inner == null ? checklist : inner;
    }

    /** Flags or words by name, as text; null for anything else. */
    private static @Nullable String checklist(JsonNode result) {
        boolean isChecklist = result.isObject()
                && !result.isEmpty()
                && result.valueStream().allMatch(entry -> entry.isBoolean() || entry.isTextual());
        return isChecklist ? result.toString() : null;
    }

    private static @Nullable String field(JsonNode result, Set<String> names) {
        return result.properties().stream()
                .limit(MOST)
                .filter(field -> names.contains(plain(field.getKey())))
                .map(field -> Json.text(field.getValue(), ""))
                .filter(told -> told != null)
                .findFirst()
                .orElse(null);
    }

    /** A normalized score counts of a hundred. */
    private @Nullable String scorecard() {
        for (String pointer : SCORECARDS) {
            int seen = 0;
            for (JsonNode card : message.at(pointer)) {
                if (isNamed(card, SUCCESS)) {
                    String normalized = Json.text(card, "/scoreNormalized");
                    return normalized == null ? Json.text(card, "/score") : normalized + "%";
                }
                if (++seen == MOST) {
                    break;
                }
            }
        }
        return null;
    }

    private static boolean isNamed(JsonNode output, Set<String> names) {
        JsonNode name = output.path("name");
        return name.isTextual() && names.contains(plain(name.asText()));
    }

    private static String plain(String name) {
        return name.length() > 100 ? "" : name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
