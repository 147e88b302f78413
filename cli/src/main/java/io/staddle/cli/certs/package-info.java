/// Certificates for those who have no authority of their own.
@NullMarked
package io.staddle.cli.certs;

import org.jspecify.annotations.NullMarked;
