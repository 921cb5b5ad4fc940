package io.switchboard.search;

import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Vectors of texts, in arrays. A number has 16 bits: half of a float's, and cosines differ by less than 0.001. Never changes.
 */
public final class VectorBlock {
    private static final int ONE = 32_767;

    /** Ids, their references and headers. */
    private static final int BYTES_OF_ENTRY = 80;

    private final UUID[] sourceIds;
    private final UUID[] textIds;
    private final short[] numbers;
    private final int width;

    private VectorBlock(UUID[] sourceIds, UUID[] textIds, short[] numbers, int width) {
        this.sourceIds = sourceIds;
        this.textIds = textIds;
        this.numbers = numbers;
        this.width = width;
    }

    /** A vector of a text. */
    public record Entry(UUID sourceId, UUID textId, float[] vector) {}

    /** @param dimensions of each vector */
    public static VectorBlock of(List<Entry> entries, int dimensions) {
        int width = width(dimensions);
        var numbers = new short[entries.size() * width];
        for (int i = 0; i < entries.size(); i++) {
            write(entries.get(i).vector(), numbers, i * width);
        }
        return new VectorBlock(
                entries.stream().map(Entry::sourceId).toArray(UUID[]::new),
                entries.stream().map(Entry::textId).toArray(UUID[]::new),
                numbers,
                width);
    }

    static VectorBlock joined(List<VectorBlock> blocks) {
        int size = blocks.stream().mapToInt(VectorBlock::size).sum();
        int width = blocks.get(0).width;
        var joined = new VectorBlock(new UUID[size], new UUID[size], new short[size * width], width);
        int at = 0;
        for (var block : blocks) {
            System.arraycopy(block.sourceIds, 0, joined.sourceIds, at, block.size());
            System.arraycopy(block.textIds, 0, joined.textIds, at, block.size());
            System.arraycopy(block.numbers, 0, joined.numbers, at * width, block.numbers.length);
            at += block.size();
        }
        return joined;
    }

    public int size() {
        return sourceIds.length;
    }

    public long bytes() {
        return 2L * numbers.length + (long) BYTES_OF_ENTRY * size();
    }

    /** Calls with the index and the cosine of each vector that is near enough. */
    void search(short[] query, double threshold, BiConsumer<Integer, Double> near) {
        int least = (int) Math.ceil(threshold * ONE * ONE);
        var pairs = new int[width / 2];
        for (int i = 0; i < sourceIds.length; i++) {
            int product = product(numbers, i * width, query, pairs);
            if (product >= least) {
                near.accept(i, (double) product / ONE / ONE);
            }
        }
    }

    VectorHit hit(int index, double score) {
        return new VectorHit(sourceIds[index], textIds[index], score);
    }

    /** A vector as it is compared. */
    static short[] query(float[] vector) {
        var numbers = new short[width(vector.length)];
        write(vector, numbers, 0);
        return numbers;
    }

    /**
     * No sum is too large for an int, since both have the length 1 (Cauchy-Schwarz). In two loops, of which the JIT makes vector
     * instructions (pmaddwd, paddd); of a single one it does not, which takes three times as long.
     */
    private static int product(short[] numbers, int from, short[] query, int[] pairs) {
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = numbers[from + 2 * i] * query[2 * i] + numbers[from + 2 * i + 1] * query[2 * i + 1];
        }
        int sum = 0;
        for (int i = 0; i < pairs.length; i++) {
            sum += pairs[i];
        }
        return sum;
    }

    /** An even number. */
    private static int width(int dimensions) {
        return dimensions + dimensions % 2;
    }

    /** With the length 1; what has no length stays 0 and is near to nothing. */
    private static void write(float[] vector, short[] numbers, int from) {
        double square = 0;
        for (var number : vector) {
            square += (double) number * number;
        }
        double scale = square > 0 && Double.isFinite(square) ? ONE / Math.sqrt(square) : 0;
        for (int i = 0; i < vector.length; i++) {
            numbers[from + i] = (short) Math.round(vector[i] * scale);
        }
    }
}
