/// Grains to and from files of a million rows.
@NullMarked
package io.staddle.cli.transfer;

import org.jspecify.annotations.NullMarked;
