/// Tests of who may do what.
@NullMarked
package io.staddle.server.access;

import org.jspecify.annotations.NullMarked;
