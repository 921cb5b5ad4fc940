package io.switchboard.voice.signature;

/**
 * How much one delivery may hold.
 *
 * @param events a delivery of more is kept as one malformed event
 * @param formFields a form of more is not parsed
 * @param formBytes a larger form is refused with 413
 */
public record DeliveryLimits(int events, int formFields, int formBytes) {
    /** Of any delivery's body; an adapter may take less. */
    public static final int MOST_BYTES = 5 * 1024 * 1024;

    public static final DeliveryLimits DEFAULT = new DeliveryLimits(64, 300, 2 * 1024 * 1024);
}
