/** API keys of providers that people entrust to us, under envelope encryption. */
@NullMarked
package io.switchboard.auth.apikey;

import org.jspecify.annotations.NullMarked;
