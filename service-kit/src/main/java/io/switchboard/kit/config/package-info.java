/** Where configuration comes from besides Quarkus' own sources. */
@NullMarked
package io.switchboard.kit.config;

import org.jspecify.annotations.NullMarked;
