package io.switchboard.voice.webhook;

/**
 * How much one delivery may hold.
 *
 * @param events a delivery of more is kept as one malformed event
 * @param formFields a form of more is not parsed
 * @param formBytes a larger form is refused with 413
 */
record DeliveryLimits(int events, int formFields, int formBytes) {
    static final DeliveryLimits DEFAULT = new DeliveryLimits(64, 300, 2 * 1024 * 1024);
}
