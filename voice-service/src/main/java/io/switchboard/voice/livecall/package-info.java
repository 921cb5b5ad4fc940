/** What providers ask during a call, and what they are told, in words of our own. */
@NullMarked
package io.switchboard.voice.livecall;

import org.jspecify.annotations.NullMarked;
