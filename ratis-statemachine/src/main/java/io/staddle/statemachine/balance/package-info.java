/// Which vShards should move, so that nodes serve and replicate alike, and nothing stays on those
/// that leave.
@NullMarked
package io.staddle.statemachine.balance;

import org.jspecify.annotations.NullMarked;
