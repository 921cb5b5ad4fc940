/** Voice agents: AI assistants as their owners configured them, with every version of what they were to do. */
@NullMarked
package io.switchboard.voice.agent;

import org.jspecify.annotations.NullMarked;
