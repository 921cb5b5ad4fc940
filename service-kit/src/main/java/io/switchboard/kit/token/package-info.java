/** Access tokens: their content, and their verification without a request to another service. */
@NullMarked
package io.switchboard.kit.token;

import org.jspecify.annotations.NullMarked;
