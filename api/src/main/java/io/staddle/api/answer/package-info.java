/// What a command brought about.
@NullMarked
package io.staddle.api.answer;

import org.jspecify.annotations.NullMarked;
