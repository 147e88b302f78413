/// How a store that grains write to refuses whoever owns them no more.
@NullMarked
package io.staddle.client.fence;

import org.jspecify.annotations.NullMarked;
