/// Typed tables over ordered bytes, on disk ([io.staddle.storage.RocksStore]) and in memory
/// ([io.staddle.storage.HeapStore]).
///
/// One writer fills a [io.staddle.storage.Batch] and commits it with the position in the log that
/// it stands for; any thread reads a [io.staddle.storage.View], which shows exactly one commit. The
/// package knows no word of the domain: it is given tables and codecs.
@NullMarked
package io.staddle.storage;

import org.jspecify.annotations.NullMarked;
