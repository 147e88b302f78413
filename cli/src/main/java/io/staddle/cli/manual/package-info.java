/// The command line about itself: manual pages and completion, made of what it is.
@NullMarked
package io.staddle.cli.manual;

import org.jspecify.annotations.NullMarked;
