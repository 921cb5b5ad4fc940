/** How providers of calls sign, name and tell their events; knows no database and no HTTP server. */
@NullMarked
package io.switchboard.voice.provider;

import org.jspecify.annotations.NullMarked;
