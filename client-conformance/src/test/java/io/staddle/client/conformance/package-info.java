/// Tests of the conformance tests.
@NullMarked
package io.staddle.client.conformance;

import org.jspecify.annotations.NullMarked;
