/** The APIs of providers, asked with the API keys that people of an organization keep. */
@NullMarked
package io.switchboard.voice.providerapi;

import org.jspecify.annotations.NullMarked;
