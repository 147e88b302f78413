/// A guard in a RocksDB.
@NullMarked
package io.staddle.fence.rocksdb;

import org.jspecify.annotations.NullMarked;
