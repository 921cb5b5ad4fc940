/** Mails about how users sign in. */
@NullMarked
package io.switchboard.auth.mail;

import org.jspecify.annotations.NullMarked;
