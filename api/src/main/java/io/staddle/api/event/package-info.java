/// What happened. History is these, in order.
@NullMarked
package io.staddle.api.event;

import org.jspecify.annotations.NullMarked;
