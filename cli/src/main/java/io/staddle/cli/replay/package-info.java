/// `staddle replay …`
@NullMarked
package io.staddle.cli.replay;

import org.jspecify.annotations.NullMarked;
