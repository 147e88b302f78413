/// The names and tokens that everything else is about.
@NullMarked
package io.staddle.api.id;

import org.jspecify.annotations.NullMarked;
