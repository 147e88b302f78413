/// Tests of what a cache remembers.
@NullMarked
package io.staddle.client.cache;

import org.jspecify.annotations.NullMarked;
