/** What people of an organization are told, each of them alone. */
@NullMarked
package io.switchboard.crm.notification;

import org.jspecify.annotations.NullMarked;
