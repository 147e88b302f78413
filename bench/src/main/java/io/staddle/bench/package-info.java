/// Measures Staddle from outside: three real server processes and one client.
@NullMarked
package io.staddle.bench;

import org.jspecify.annotations.NullMarked;
