/// Between the records of this module and their protobuf messages.
@NullMarked
package io.staddle.api.codec;

import org.jspecify.annotations.NullMarked;
