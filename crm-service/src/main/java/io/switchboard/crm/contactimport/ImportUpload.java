package io.switchboard.crm.contactimport;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.csv.Utf8Check;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file that comes in. It is stored part by part, and not read on while a part is being written, so that it takes the memory of two
 * parts whatever its size. All of it happens on the event loop of its connection.
 */
final class ImportUpload {
    private static final int PART = 256 * 1024;

    private final CallerContext caller;
    private final ImportChunks chunks;
    private final Consumer<ImportUpload> whole;
    private final Consumer<Throwable> failure;
    private final UUID id;
    private final Context loop = Vertx.currentContext();
    private final MessageDigest digest = sha256();
    private final Utf8Check utf8 = new Utf8Check();
    private Buffer pending = Buffer.buffer();
    private @Nullable ReadStream<Buffer> source;
    private @Nullable ImportHeader header;
    private int parts;
    private boolean isWriting;
    private boolean hasEnded;
    private boolean isOver;
    private boolean isFormOver;

    /**
     * @param whole when all of it is stored
     * @param failure when it is not taken; nothing of it is left then
     */
    ImportUpload(
            CallerContext caller,
            UUID id,
            ImportChunks chunks,
            Consumer<ImportUpload> whole,
            Consumer<Throwable> failure) {
        this.caller = caller;
        this.id = id;
        this.chunks = chunks;
        this.whole = whole;
        this.failure = failure;
    }

    UUID id() {
        return id;
    }

    /** Once the first part is there. */
    ImportHeader header() {
        return java.util.Objects.requireNonNull(header);
    }

    /** SHA-256, hexadecimal. */
    String fingerprint() {
        return HexFormat.of().formatHex(digest.digest());
    }

    boolean hasSource() {
        return source != null;
    }

    void readFrom(ReadStream<Buffer> bytes) {
        source = bytes;
        bytes.handler(this::take);
    }

    private void take(Buffer bytes) {
        if (isOver) {
            return;
        }
        var part = bytes.getBytes();
        digest.update(part);
        if (!utf8.accepts(part)) {
            fail(Problem.invalid("file", "is not UTF-8 text"));
            return;
        }
        pending.appendBytes(part);
        writeNext();
    }

    /** All has come. */
    void end() {
        hasEnded = true;
        if (!isOver && !utf8.isWhole()) {
            fail(Problem.invalid("file", "is not UTF-8 text"));
        } else {
            writeNext();
        }
    }

    /** The form that it is in has come. A form that stops in the middle of its file never ends the file. */
    void endForm() {
        isFormOver = true;
        requireEnd();
    }

    /** Once all that waits to be read has been handed on. */
    private void requireEnd() {
        loop.runOnContext(here -> {
            if (!isOver && !hasEnded && !isWriting) {
                fail(Problem.invalid("file", "is in a form that ends before it"));
            }
        });
    }

    /** The client has gone, or is refused for another reason. */
    void fail(Throwable reason) {
        if (!isOver) {
            isOver = true;
            pending = Buffer.buffer();
            if (source != null) {
                source.resume(); // the rest is dropped
            }
            if (!isWriting) {
                remove();
            }
            failure.accept(reason);
        }
    }

    private void remove() {
        if (parts > 0) {
            chunks.remove(caller, id).subscribe().with(removed -> {}, late -> {}); // else a clean-up removes them
        }
    }

    private void writeNext() {
        if (isOver || isWriting) {
            return;
        }
        if (pending.length() >= PART || hasEnded && (pending.length() > 0 || parts == 0)) {
            write(Math.min(PART, pending.length()));
        } else if (hasEnded) {
            isOver = true;
            whole.accept(this);
        } else if (source != null) {
            source.resume();
            if (isFormOver) {
                requireEnd();
            }
        }
    }

    private void write(int length) {
        var bytes = pending.getBytes(0, length);
        pending = pending.slice(length, pending.length()).copy();
        try {
            if (header == null) {
                header = ImportHeader.read(bytes);
            }
        } catch (Problem unfit) {
            fail(unfit);
            return;
        }
        isWriting = true;
        if (source != null && !hasEnded) {
            source.pause();
        }
        var added = Uni.createFrom().deferred(() -> chunks.add(caller, id, parts++, bytes));
        added.subscribe()
                .with(
                        done -> loop.runOnContext(here -> written(null)),
                        late -> loop.runOnContext(here -> written(late)));
    }

    private void written(@Nullable Throwable late) {
        isWriting = false;
        if (isOver) {
            remove();
        } else if (late != null) {
            fail(late);
        } else {
            writeNext();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
