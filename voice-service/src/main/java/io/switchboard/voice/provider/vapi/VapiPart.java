package io.switchboard.voice.provider.vapi;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A voice or a model, with Vapi's name of the company that runs it. */
record VapiPart(String provider, String id) {
    private static final Set<String> OPENAI_VOICES = Set.of(
            "alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer",
            "verse");

    private static final Set<String> VOICE_PROVIDERS = Set.of(
            "11labs",
            "azure",
            "cartesia",
            "deepgram",
            "hume",
            "inworld",
            "lmnt",
            "minimax",
            "neuphonic",
            "openai",
            "playht",
            "rime-ai",
            "sesame",
            "smallest-ai",
            "tavus",
            "vapi",
            "wellsaid",
            "xai");

    private static final Set<String> MODEL_PROVIDERS = Set.of(
            "anthropic",
            "anthropic-bedrock",
            "anyscale",
            "cerebras",
            "deep-seek",
            "deepinfra",
            "google",
            "groq",
            "inflection-ai",
            "minimax",
            "openai",
            "openrouter",
            "perplexity-ai",
            "together-ai",
            "vapi",
            "xai");

    private static final Pattern OPENAI_MODEL = Pattern.compile("gpt-.*|o.*");

    /** @param text {@code provider/id} or an id */
    static VapiPart voice(String text) {
        VapiPart named = named(text.replaceFirst("^elevenlabs/", "11labs/"), VOICE_PROVIDERS);
        return named != null ? named : new VapiPart(OPENAI_VOICES.contains(text) ? "openai" : "11labs", text);
    }

    /** @param text {@code provider/id} or an id, which may have slashes of its own */
    static VapiPart model(String text) {
        VapiPart named = named(text, MODEL_PROVIDERS);
        return named != null ? named : new VapiPart(modelProvider(text), text);
    }

    private static String modelProvider(String id) {
        return OPENAI_MODEL.matcher(id).matches()
                ? "openai"
                : id.startsWith("claude-") ? "anthropic" : id.startsWith("gemini-") ? "google" : "groq";
    }

    private static @Nullable VapiPart named(String text, Set<String> providers) {
        int slash = text.indexOf('/');
        return slash > 0 && slash < text.length() - 1 && providers.contains(text.substring(0, slash))
                ? new VapiPart(text.substring(0, slash), text.substring(slash + 1))
                : null;
    }
}
