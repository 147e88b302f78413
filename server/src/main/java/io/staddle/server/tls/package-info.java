/// Certificates and keys: how they are read, renewed while the server runs, and whom they name.
@NullMarked
package io.staddle.server.tls;

import org.jspecify.annotations.NullMarked;
