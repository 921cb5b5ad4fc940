package io.switchboard.kit.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.constraints.NotNull;
import java.util.Comparator;

/** What Bean Validation found, in the names that fields have on the wire. */
final class ValidationErrors {
    private ValidationErrors() {}

    static Problem of(ConstraintViolationException failure) {
        var violations = failure.getConstraintViolations();
        if (violations.stream().anyMatch(ValidationErrors::isMissingBody)) {
            return Problem.bodyMissing();
        }
        return Problem.invalid(violations.stream()
                .map(violation -> new Problem.FieldError(field(violation.getPropertyPath()), violation.getMessage()))
                .sorted(Comparator.comparing(Problem.FieldError::field))
                .toList());
    }

    /** Of a method's parameters only the body may be null, and must not. */
    private static boolean isMissingBody(ConstraintViolation<?> violation) {
        return violation.getConstraintDescriptor().getAnnotation() instanceof NotNull
                && last(violation.getPropertyPath()).getKind() == ElementKind.PARAMETER;
    }

    /** {@code hours.friday[0].from}; the wire knows neither the method nor what its body is called there. */
    private static String field(Path path) {
        var field = new StringBuilder();
        for (var node : path) {
            if (node.getKind() == ElementKind.PROPERTY || node.getKind() == ElementKind.CONTAINER_ELEMENT) {
                step(field, node);
            }
        }
        return field.isEmpty() ? last(path).getName() : field.toString();
    }

    private static void step(StringBuilder field, Path.Node node) {
        if (node.getIndex() != null) {
            field.append('[').append(node.getIndex()).append(']');
        }
        if (node.getKey() != null) {
            field.append('.').append(Problems.printable(node.getKey().toString()));
        }
        if (node.getKind() == ElementKind.PROPERTY) {
            field.append(field.isEmpty() ? "" : ".").append(node.getName());
        }
    }

    private static Path.Node last(Path path) {
        Path.Node last = null;
        for (var node : path) {
            last = node;
        }
        return last;
    }
}
