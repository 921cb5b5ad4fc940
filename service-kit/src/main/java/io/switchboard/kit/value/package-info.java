/** Values from outside: bounded before anything is computed with them, and read in the spellings that are really sent. */
@NullMarked
package io.switchboard.kit.value;

import org.jspecify.annotations.NullMarked;
