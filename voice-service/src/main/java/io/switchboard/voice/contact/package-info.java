/** What crm-service asks for its contacts: their calls move to another contact, or forget the person. */
@NullMarked
package io.switchboard.voice.contact;

import org.jspecify.annotations.NullMarked;
