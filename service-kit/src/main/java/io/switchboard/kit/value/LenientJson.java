package io.switchboard.kit.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
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
 * JSON that others send and cannot mend: of bounded depth and number of values, numbers exact. A number that is none, or
 * that is out of the bounds of {@link BoundedNumbers}, is null; it does not take the rest with it.
 */
public final class LenientJson {
    private static final int DEEPEST = 50;

    /** A value takes a hundred bytes and more in a tree, and two in the text. */
    private static final int MOST_VALUES = 250_000;

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

    private final JsonParser in;
    private int values;

    private LenientJson(JsonParser in) {
        this.in = in;
    }

    /**
     * Of the first value; a missing node where there is none. Fails where the text is no JSON, and with
     * {@link StreamConstraintsException} where it is too deep or of too many values.
     */
    public static JsonNode tree(byte[] json) throws IOException {
        try (var in = FACTORY.createParser(json)) {
            return in.nextToken() == null ? MissingNode.getInstance() : new LenientJson(in).value();
        }
    }

    private JsonNode value() throws IOException {
        if (++values > MOST_VALUES) {
            throw new StreamConstraintsException("more than " + MOST_VALUES + " values");
        }
        return switch (in.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> NODES.textNode(in.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private ObjectNode object() throws IOException {
        var object = NODES.objectNode();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var name = in.currentName();
            in.nextToken();
            object.set(name, value());
        }
        return object;
    }

    private ArrayNode array() throws IOException {
        var array = NODES.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    private JsonNode number() throws IOException {
        if (in.getTextLength() > BoundedNumbers.MOST_CHARACTERS) {
            return NODES.nullNode();
        }
        var text = in.getText();
        return BoundedNumbers.isBounded(text) ? DecimalNode.valueOf(new BigDecimal(text)) : NODES.nullNode();
    }
}
