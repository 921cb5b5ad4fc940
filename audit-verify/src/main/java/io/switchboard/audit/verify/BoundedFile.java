package io.switchboard.audit.verify;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens files, gzipped or not, that may be hostile: no devices, and none that unpacks without end. */
final class BoundedFile {
    /** Logs hold salts and hashes, which do not shrink: no honest one comes near. */
    private static final int MOST_EXPANSION = 200;

    private static final long ALWAYS_ALLOWED = 64L << 20;
    private static final int BUFFER = 64 << 10;

    private BoundedFile() {}

    static InputStream open(Path file, LinkOption... links) throws IOException {
        if (Files.isDirectory(file, links)) {
            throw new Unusable("it is a folder");
        }
        if (!Files.isRegularFile(file, links)) {
            throw new Unusable(Files.exists(file) ? "it is not a regular file" : "there is no such file");
        }
        var packed = new Counted(Files.newInputStream(file));
        try {
            var buffered = new BufferedInputStream(packed, BUFFER);
            buffered.mark(2);
            boolean gzipped = buffered.read() == 0x1f && buffered.read() == 0x8b;
            buffered.reset();
            return gzipped ? new Unpacked(new GZIPInputStream(buffered, BUFFER), packed) : buffered;
        } catch (IOException | RuntimeException e) {
            packed.close();
            throw e;
        }
    }

    private static class Counted extends FilterInputStream {
        long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            counted(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            counted(Math.max(read, 0));
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        void counted(int more) {
            count += more;
        }
    }

    private static final class Unpacked extends Counted {
        private final Counted packed;

        Unpacked(InputStream in, Counted packed) {
            super(in);
            this.packed = packed;
        }

        @Override
        void counted(int more) {
            super.counted(more);
            if (count > ALWAYS_ALLOWED && count / MOST_EXPANSION > packed.count) {
                throw new Unusable("it unpacks to more than " + MOST_EXPANSION + " times its size");
            }
        }
    }
}
