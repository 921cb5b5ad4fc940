package io.switchboard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** Lets one launcher at a time start or stop things in a data folder; the system frees it when its holder dies. */
final class SuiteLock {
    private SuiteLock() {}

    static <T> T holding(Path file, Supplier<T> work) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lock(channel) == null) {
                throw new Refusal("Another ./switchboard is starting or stopping this suite at this moment. "
                        + "Try again when it has finished.");
            }
            return work.get();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }
}
