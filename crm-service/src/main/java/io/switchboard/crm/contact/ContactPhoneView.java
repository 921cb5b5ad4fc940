package io.switchboard.crm.contact;

import org.jspecify.annotations.Nullable;

/**
 * One of a contact's numbers.
 *
 * @param main whether it is the contact's {@code phone}
 */
public record ContactPhoneView(String phone, @Nullable String label, boolean main) {}
