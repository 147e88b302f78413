/// A data plane for migrations whose groups are replicated by Apache Ratis.
@NullMarked
package io.staddle.dataplane.ratis;

import org.jspecify.annotations.NullMarked;
