/**
 * Mail: owed in the outbox, sent by SMTP or, for development, written to a folder. A service that sends some has quarkus-mailer and
 * {@code switchboard.mail=true}; to the others it costs nothing.
 */
@NullMarked
package io.switchboard.kit.mail;

import org.jspecify.annotations.NullMarked;
