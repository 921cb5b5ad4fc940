/** The knowledge base: articles in categories, as staff write them and as they are published. */
@NullMarked
package io.switchboard.crm.knowledge;

import org.jspecify.annotations.NullMarked;
