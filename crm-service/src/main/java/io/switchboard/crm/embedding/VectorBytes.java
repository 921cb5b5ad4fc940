package io.switchboard.crm.embedding;

import io.vertx.core.buffer.Buffer;

/** Vectors as the column has them: floats of four bytes, the highest first. */
final class VectorBytes {
    private VectorBytes() {}

    static Buffer write(float[] vector) {
        var bytes = Buffer.buffer(vector.length * Float.BYTES);
        for (var number : vector) {
            bytes.appendFloat(number);
        }
        return bytes;
    }

    static float[] read(Buffer bytes) {
        var vector = new float[bytes.length() / Float.BYTES];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = bytes.getFloat(i * Float.BYTES);
        }
        return vector;
    }
}
