/// The Java client of Staddle. Begin with [StaddleClient].
///
/// Commands end as a [Result]: done, refused, or unknown. Queries return their answer. What keeps a
/// call from either is a [StaddleException].
@NullMarked
package io.staddle.client;

import org.jspecify.annotations.NullMarked;
