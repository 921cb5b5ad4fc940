/** Mail to people: owed by the outbox, sent by SMTP or, for development, put into a folder. */
@NullMarked
package io.switchboard.auth.mail;

import org.jspecify.annotations.NullMarked;
