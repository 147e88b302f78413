/// Staddle itself: configuration, feature level, servers.
@NullMarked
package io.staddle.statemachine.admin;

import org.jspecify.annotations.NullMarked;
