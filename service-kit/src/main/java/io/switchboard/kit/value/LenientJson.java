package io.switchboard.kit.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * JSON that others send and cannot mend: of bounded depth, numbers exact. A number that is none, or that is out of the
 * bounds of {@link BoundedNumbers}, is null; it does not take the rest with it.
 */
public final class LenientJson {
    private static final int DEEPEST = 50;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Its parsers only ever find where a number ends; what it is worth is asked for by {@link #tree} alone. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private LenientJson() {}

    /** Of the first value; a missing node where there is none. Fails where the text is no JSON, or too deep. */
    public static JsonNode tree(byte[] json) throws IOException {
        try (var in = FACTORY.createParser(json)) {
            return in.nextToken() == null ? MissingNode.getInstance() : value(in);
        }
    }

    private static JsonNode value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> NODES.textNode(in.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private static ObjectNode object(JsonParser in) throws IOException {
        var object = NODES.objectNode();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var name = in.currentName();
            in.nextToken();
            object.set(name, value(in));
        }
        return object;
    }

    private static ArrayNode array(JsonParser in) throws IOException {
        var array = NODES.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(in));
        }
        return array;
    }

    private static JsonNode number(JsonParser in) throws IOException {
        if (in.getTextLength() > BoundedNumbers.MOST_CHARACTERS) {
            return NODES.nullNode();
        }
        var text = in.getText();
        return BoundedNumbers.isBounded(text) ? DecimalNode.valueOf(new BigDecimal(text)) : NODES.nullNode();
    }
}
