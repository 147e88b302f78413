/// `staddle node …`
@NullMarked
package io.staddle.cli.node;

import org.jspecify.annotations.NullMarked;
