package io.switchboard.auth.client;

/** A PIN, shown once. */
public record PinView(String pin) {

    @Override
    public String toString() {
        return "PinView";
    }
}
