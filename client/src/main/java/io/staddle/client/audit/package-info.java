/// Whether owners and the directory agree on who owns what.
@NullMarked
package io.staddle.client.audit;

import org.jspecify.annotations.NullMarked;
