/// The thin adaptor to Apache Ratis.
@NullMarked
package io.staddle.statemachine.ratis;

import org.jspecify.annotations.NullMarked;
