/// What can be asked without changing anything.
@NullMarked
package io.staddle.api.query;

import org.jspecify.annotations.NullMarked;
