/// `staddle barrier …`
@NullMarked
package io.staddle.cli.barrier;

import org.jspecify.annotations.NullMarked;
