/** Calls as people and services read them. */
@NullMarked
package io.switchboard.voice.calllist;

import org.jspecify.annotations.NullMarked;
