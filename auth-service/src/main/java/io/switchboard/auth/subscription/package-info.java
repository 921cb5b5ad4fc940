/** What users have subscribed to, and what the tiers allow. */
@NullMarked
package io.switchboard.auth.subscription;

import org.jspecify.annotations.NullMarked;
