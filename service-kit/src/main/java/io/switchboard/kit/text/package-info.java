/** Text from outside, made fit to be kept. */
@NullMarked
package io.switchboard.kit.text;

import org.jspecify.annotations.NullMarked;
