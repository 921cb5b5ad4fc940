package io.switchboard.kit.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.switchboard.kit.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request's body until it is whole. The service sees it only then, so that a slow client holds no thread, and no more memory than
 * is counted here. Bytes that came are counted, not those that are announced.
 */
final class HeldBody {
    private static final int FIRST = 2 * 1024;
    private static final int LARGEST = 64 * 1024;

    private final BodyBudget budget;
    private final long announced;
    private final List<String> owners = new ArrayList<>(2);
    private final List<byte[]> pieces = new ArrayList<>();
    private byte[] last = new byte[0];
    private int used;
    private long length;
    private long charged;

    /** @param announced how long it will be; zero where that is not known */
    HeldBody(BodyBudget budget, long announced) {
        this.budget = budget;
        this.announced = announced;
    }

    long length() {
        return length;
    }

    /** Charges the bytes that are held, and those to come. */
    void chargeTo(String owner) {
        if (charged > 0) {
            require(budget.take(owner, charged));
        }
        owners.add(owner);
    }

    void add(ByteBuf in, int bytes) {
        for (int left = bytes; left > 0; ) {
            if (used == last.length) {
                grow();
            }
            var now = Math.min(left, last.length - used);
            in.readBytes(last, used, now);
            used += now;
            left -= now;
            length += now;
        }
    }

    private void grow() {
        var usual = pieces.isEmpty() ? FIRST : Math.min(last.length * 2, LARGEST);
        var size = announced > length ? (int) Math.min(usual, announced - length) : usual;
        charge(size);
        last = new byte[size];
        pieces.add(last);
        used = 0;
    }

    private void charge(int size) {
        require(budget.takeOfAll(size));
        for (int i = 0; i < owners.size(); i++) {
            var refusal = budget.take(owners.get(i), size);
            if (refusal != null) {
                owners.subList(0, i).forEach(owner -> budget.giveShare(owner, size));
                budget.give(size);
                throw refusal;
            }
        }
        charged += size;
    }

    private static void require(@Nullable Problem refusal) {
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Hands everything on; it stays charged, since the next handler holds it now. */
    void drainTo(Consumer<ByteBuf> next) {
        var whole = pieces.toArray(byte[][]::new);
        var inLast = used;
        pieces.clear();
        last = new byte[0];
        used = 0;
        length = 0;
        for (int i = 0; i < whole.length; i++) {
            var piece = whole[i];
            whole[i] = last;
            next.accept(Unpooled.wrappedBuffer(piece, 0, i == whole.length - 1 ? inLast : piece.length));
        }
    }

    void release() {
        pieces.clear();
        budget.give(charged);
        owners.forEach(owner -> budget.giveShare(owner, charged));
        charged = 0;
    }
}
