/// What can be asked for. Every command is idempotent by its natural key.
@NullMarked
package io.staddle.api.command;

import org.jspecify.annotations.NullMarked;
