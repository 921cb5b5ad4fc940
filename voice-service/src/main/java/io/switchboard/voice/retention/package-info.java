/** For how long what calls leave behind is kept: recordings, transcripts and the bodies of providers' events. */
@NullMarked
package io.switchboard.voice.retention;

import org.jspecify.annotations.NullMarked;
