package io.switchboard.auth.pin;

/** A PIN, shown once. */
public record PinView(String pin) {

    @Override
    public String toString() {
        return "PinView";
    }
}
