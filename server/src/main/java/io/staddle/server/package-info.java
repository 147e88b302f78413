/// The process: configuration, the seat in the quorum, the front that clients call.
@NullMarked
package io.staddle.server;

import org.jspecify.annotations.NullMarked;
