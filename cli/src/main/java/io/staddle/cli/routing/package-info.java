/// `staddle routing …`
@NullMarked
package io.staddle.cli.routing;

import org.jspecify.annotations.NullMarked;
