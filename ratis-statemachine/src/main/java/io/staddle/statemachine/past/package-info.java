/// States of before, as far back as history is kept.
@NullMarked
package io.staddle.statemachine.past;

import org.jspecify.annotations.NullMarked;
