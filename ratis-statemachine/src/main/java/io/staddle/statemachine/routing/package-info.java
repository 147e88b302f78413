/// Data nodes, groups and vShards: who serves what, since which epoch.
@NullMarked
package io.staddle.statemachine.routing;

import org.jspecify.annotations.NullMarked;
