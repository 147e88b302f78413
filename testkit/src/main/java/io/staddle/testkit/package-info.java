/// Real servers in the process of a test, with a clock that the test turns and faults that it
/// makes: for whoever tests what stands on Staddle.
@NullMarked
package io.staddle.testkit;

import org.jspecify.annotations.NullMarked;
