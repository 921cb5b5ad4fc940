package io.switchboard.auth.apikey;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** A key to be kept; of fewer characters, its last four would say too much. */
public record ApiKeyForm(
        @NotNull @Pattern(regexp = "[\\x21-\\x7e]{8,4096}", message = "must be 8 to 4096 visible ASCII characters")
        String apiKey) {

    @Override
    public String toString() {
        return "ApiKeyForm";
    }
}
