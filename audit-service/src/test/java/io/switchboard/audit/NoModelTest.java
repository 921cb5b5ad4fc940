package io.switchboard.audit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class NoModelTest {
    @Test
    void the_embedding_model_is_not_in_this_service() {
        for (var name : List.of(
                "ai.onnxruntime.OrtEnvironment",
                "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer",
                "io.switchboard.search.Embedder")) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(name), name);
        }
    }
}
