package io.switchboard.crm.embedding;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;

/**
 * all-MiniLM-L6-v2, quantized, of 384 dimensions, for English. Loaded with less memory than the library would: from a file, by one
 * thread, without arenas.
 */
final class MiniLm extends AbstractInProcessEmbeddingModel implements MiniLmEmbedder.Model {
    private static final String MODEL = "all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";

    private final OrtSession session;
    private final OnnxBertBiEncoder encoder;

    private MiniLm(OrtSession session, OnnxBertBiEncoder encoder) {
        super(Runnable::run);
        this.session = session;
        this.encoder = encoder;
    }

    /** Native code and the model are put into a folder that only this user can read, for as long as it takes to load them. */
    static MiniLm load() {
        try {
            var folder = Files.createTempDirectory("switchboard-embedding");
            System.setProperty("DJL_CACHE_DIR", folder.toString());
            try (var model = resource(MODEL);
                    var tokenizer = resource(TOKENIZER)) {
                var file = folder.resolve(MODEL);
                Files.copy(model, file);
                var environment = OrtEnvironment.getEnvironment();
                var session = session(environment, file);
                return new MiniLm(session, new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN));
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model cannot be loaded", e);
        }
    }

    @Override
    public float[] apply(String text) {
        return embed(text).content().vector();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model cannot be closed", e);
        }
    }

    @Override
    protected OnnxBertBiEncoder model() {
        return encoder;
    }

    @Override
    protected Integer knownDimension() {
        return MiniLmEmbedder.MODEL.dimensions();
    }

    private static OrtSession session(OrtEnvironment environment, Path model) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            return environment.createSession(model.toString(), options);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(MiniLm.class.getClassLoader().getResourceAsStream(name), name);
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
