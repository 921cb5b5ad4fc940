/** Answers what providers ask while a call goes on. */
@NullMarked
package io.switchboard.voice.answer;

import org.jspecify.annotations.NullMarked;
