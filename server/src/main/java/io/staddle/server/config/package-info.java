/// What an operator sets for one server.
@NullMarked
package io.staddle.server.config;

import org.jspecify.annotations.NullMarked;
