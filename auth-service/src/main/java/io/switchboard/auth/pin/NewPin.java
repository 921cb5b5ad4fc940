package io.switchboard.auth.pin;

/**
 * A PIN about to be given to a client, hashed and ready.
 *
 * @param claim its keys under all peppers one after the other, the newest first
 * @param isChosen by a person, not generated
 */
public record NewPin(String pin, boolean isChosen, Pins.Hash hash, byte[] claim) {

    @Override
    public String toString() {
        return "***";
    }
}
