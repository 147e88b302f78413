/// Tests of the data plane on real Ratis servers.
@NullMarked
package io.staddle.dataplane.ratis;

import org.jspecify.annotations.NullMarked;
