/// `staddle migration …`
@NullMarked
package io.staddle.cli.migration;

import org.jspecify.annotations.NullMarked;
