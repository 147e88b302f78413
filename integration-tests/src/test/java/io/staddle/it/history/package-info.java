/// Histories of calls under faults, and what must hold of them.
@NullMarked
package io.staddle.it.history;

import org.jspecify.annotations.NullMarked;
