/// Tests of the guards, on real databases.
@NullMarked
package io.staddle.fence.rocksdb;

import org.jspecify.annotations.NullMarked;
