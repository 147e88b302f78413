/// What becomes of a state that another deployment goes on from.
@NullMarked
package io.staddle.statemachine.restore;

import org.jspecify.annotations.NullMarked;
