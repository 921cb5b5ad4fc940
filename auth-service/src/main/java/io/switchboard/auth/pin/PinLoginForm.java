package io.switchboard.auth.pin;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Who wants in, by PIN.
 *
 * @param organization its slug; needed for PINs under eight digits
 */
record PinLoginForm(
        @NotNull @Size(max = 20) String pin,
        @Nullable @Size(max = 100) String organization) {

    @Override
    public String toString() {
        return "PinLoginForm";
    }
}
