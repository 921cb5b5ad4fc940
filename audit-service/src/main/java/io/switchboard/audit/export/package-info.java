/** The log as a file: for people, for other systems, and for the verifier. */
@NullMarked
package io.switchboard.audit.export;

import org.jspecify.annotations.NullMarked;
