/// How answers are shown: tables for people, JSON and YAML for scripts.
@NullMarked
package io.staddle.cli.output;

import org.jspecify.annotations.NullMarked;
