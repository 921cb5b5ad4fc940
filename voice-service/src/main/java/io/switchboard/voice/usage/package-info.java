/** What voice agents used, by whom it is counted, and the quota that bounds it. */
@NullMarked
package io.switchboard.voice.usage;

import org.jspecify.annotations.NullMarked;
