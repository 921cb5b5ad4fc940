package io.switchboard.kit.text;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** JSON of a caller's own making stays small as it is stored, of which {@link StoredJson} knows the size; null is. */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = SmallJsonValidator.class)
public @interface SmallJson {
    /** Of the whole, in UTF-8. */
    int maxBytes() default 16 * 1024;

    /** Of a single number, all of which are stored without an exponent. */
    int maxDigits() default 40;

    int maxDepth() default 16;

    String message() default
            "must have at most {maxBytes} bytes, {maxDepth} levels, and no number of more than {maxDigits} digits";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
