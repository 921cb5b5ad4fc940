package io.switchboard.auth.pin;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A new PIN for a client.
 *
 * @param pin null for a generated one
 */
public record PinForm(@Nullable @Size(max = 20) String pin) {

    @Override
    public String toString() {
        return "PinForm";
    }
}
