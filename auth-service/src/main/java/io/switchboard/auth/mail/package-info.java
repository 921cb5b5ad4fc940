/** Mail: kept in the outbox, sent by SMTP or, for development, written to a folder. */
@NullMarked
package io.switchboard.auth.mail;

import org.jspecify.annotations.NullMarked;
