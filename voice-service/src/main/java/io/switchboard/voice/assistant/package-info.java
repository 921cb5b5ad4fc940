/** What PIN clients see of voice agents, and what they may set of them. */
@NullMarked
package io.switchboard.voice.assistant;

import org.jspecify.annotations.NullMarked;
