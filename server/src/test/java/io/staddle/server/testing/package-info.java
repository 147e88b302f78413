/// Fakes by hand, for the tests of this module.
@NullMarked
package io.staddle.server.testing;

import org.jspecify.annotations.NullMarked;
