/// Verbs about the replicated configuration.
@NullMarked
package io.staddle.cli.config;

import org.jspecify.annotations.NullMarked;
