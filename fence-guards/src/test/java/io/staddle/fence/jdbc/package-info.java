/// Tests of the guards, on real databases.
@NullMarked
package io.staddle.fence.jdbc;

import org.jspecify.annotations.NullMarked;
