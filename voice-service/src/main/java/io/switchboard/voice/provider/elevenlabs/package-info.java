/** ElevenLabs Agents' deliveries: signature, names, and what each event tells of a call. */
@NullMarked
package io.switchboard.voice.provider.elevenlabs;

import org.jspecify.annotations.NullMarked;
