/** What an assistant does in a call: tools of crm-service, each use once, and what is known about a question. */
@NullMarked
package io.switchboard.voice.tool;

import org.jspecify.annotations.NullMarked;
