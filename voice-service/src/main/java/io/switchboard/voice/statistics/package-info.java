/** Figures for auth-service's admins and operators. */
@NullMarked
package io.switchboard.voice.statistics;

import org.jspecify.annotations.NullMarked;
