/// Verbs about who may do what.
@NullMarked
package io.staddle.cli.access;

import org.jspecify.annotations.NullMarked;
