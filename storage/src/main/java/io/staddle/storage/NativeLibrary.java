package io.staddle.storage;

import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// RocksDB's native library, loaded once a process. RocksDB unpacks 17 MB into the directory for
/// temporary files and deletes them when the process ends, so each process that is killed leaves
/// them. Here the file is deleted as soon as it is loaded.
final class NativeLibrary {
    private NativeLibrary() {}

    /// Loads the library, if that was not done yet.
    static void load() {
        if (System.getenv("ROCKSDB_SHAREDLIB_DIR") == null && File.separatorChar == '/') {
            loadAndDelete();
        }
        RocksDB.loadLibrary();
    }

    /// Where that fails RocksDB tries its own ways, and says why if those fail, too.
    private static void loadAndDelete() {
        try {
            Path unpacked = Files.createTempDirectory("staddle-native-");
            try {
                NativeLibraryLoader.getInstance().loadLibrary(unpacked.toString());
            } finally {
                Directories.delete(unpacked);
            }
        } catch (IOException ignored) {
            // The library is not loaded, or loaded and not deleted; both are mended above.
        }
    }
}
