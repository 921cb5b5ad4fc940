package io.switchboard.auth.pin;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A PIN about to be given to a client, hashed and ready.
 *
 * @param claim its keys under all peppers one after the other, the newest first
 * @param isChosen by a person, rather than made up
 */
public record NewPin(String pin, boolean isChosen, Pins.Hash hash, byte[] claim) {

    /** What was made up is no part of what was asked: a repeated request is the same in spite of it. */
    @JsonValue
    @Override
    public String toString() {
        return "NewPin";
    }
}
