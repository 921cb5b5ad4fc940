/** What the OpenAPI documents of all services say alike. */
@NullMarked
package io.switchboard.kit.openapi;

import org.jspecify.annotations.NullMarked;
