/// Ordinary negative answers: a code, the facts, and what to do next.
@NullMarked
package io.staddle.api.refusal;

import org.jspecify.annotations.NullMarked;
