/// Who owns what, from memory.
@NullMarked
package io.staddle.client.cache;

import org.jspecify.annotations.NullMarked;
