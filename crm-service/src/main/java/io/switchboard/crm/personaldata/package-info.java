/** All that the suite keeps of a person, in one document. */
@NullMarked
package io.switchboard.crm.personaldata;

import org.jspecify.annotations.NullMarked;
