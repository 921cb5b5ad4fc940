/** A person is erased: here at once, in the other services soon. */
@NullMarked
package io.switchboard.crm.contacterasure;

import org.jspecify.annotations.NullMarked;
