/// Guards in databases that are reached over JDBC.
@NullMarked
package io.staddle.fence.jdbc;

import org.jspecify.annotations.NullMarked;
