/** A delivery as it came, and what verifies that its provider has sent it. */
@NullMarked
package io.switchboard.voice.signature;

import org.jspecify.annotations.NullMarked;
