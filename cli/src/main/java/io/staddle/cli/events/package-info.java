/// `staddle events` and `staddle timeline`.
@NullMarked
package io.staddle.cli.events;

import org.jspecify.annotations.NullMarked;
