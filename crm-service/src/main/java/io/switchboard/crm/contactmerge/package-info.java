/** Two contacts that are one person become one. */
@NullMarked
package io.switchboard.crm.contactmerge;

import org.jspecify.annotations.NullMarked;
