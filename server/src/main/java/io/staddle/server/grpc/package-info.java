/// The services that clients call, thin: a class a topic.
@NullMarked
package io.staddle.server.grpc;

import org.jspecify.annotations.NullMarked;
