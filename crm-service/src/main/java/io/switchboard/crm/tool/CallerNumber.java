package io.switchboard.crm.tool;

import io.switchboard.kit.phone.PhoneNumbers;

/** The argument that says whom a tool call is about. */
final class CallerNumber {
    private CallerNumber() {}

    /** Fails with {@link ToolRefusal}. */
    static String of(ToolArguments arguments) {
        var phone = arguments.text("phone", 255, "I need a phone number for that.");
        if (PhoneNumbers.isWithheld(phone)) {
            throw new ToolRefusal("That number is withheld. I need a phone number that can be called back.");
        }
        return phone;
    }
}
