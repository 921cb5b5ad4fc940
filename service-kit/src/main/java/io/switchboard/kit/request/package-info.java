/** What is known of a request before anybody has looked at it: its id, and where it comes from. */
@NullMarked
package io.switchboard.kit.request;

import org.jspecify.annotations.NullMarked;
