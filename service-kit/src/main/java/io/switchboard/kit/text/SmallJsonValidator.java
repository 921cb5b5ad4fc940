package io.switchboard.kit.text;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Holds JSON, read as maps, lists, text, numbers and booleans, against its bounds. */
public class SmallJsonValidator implements ConstraintValidator<SmallJson, Object> {
    private SmallJson bounds;

    @Override
    public void initialize(SmallJson bounds) {
        this.bounds = bounds;
    }

    @Override
    public boolean isValid(@Nullable Object json, ConstraintValidatorContext context) {
        return json == null || new StoredJson(bounds.maxBytes(), bounds.maxDigits(), bounds.maxDepth()).holds(json);
    }
}
