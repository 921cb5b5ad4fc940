/** Access tokens: what they say, and how they are verified without asking anybody. */
@NullMarked
package io.switchboard.kit.token;

import org.jspecify.annotations.NullMarked;
