package io.switchboard.crm.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the model comes into a process; in one of its own, as others may have loaded it here already. */
class ModelLoadTest {
    @TempDir
    Path folder;

    @Test
    void it_is_loaded_at_its_first_use_and_calls_nobody() throws Exception {
        var classes = folder.resolve("classes.txt");
        var temporary = Files.createDirectory(folder.resolve("tmp"));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + classes,
                        "-Djava.security.manager=allow",
                        "-Djava.io.tmpdir=" + temporary,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ModelLoadRun.class.getName())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("dimensions=384"), output);
        assertTrue(output.contains("connections=[" + ModelLoadRun.CONTROL + "]"), output);

        var loaded = Files.readAllLines(classes);
        int firstUse = indexOf(loaded, ModelLoadRun.FirstUse.class.getName());
        assertEquals(List.of(), model(loaded.subList(0, firstUse)));
        assertTrue(model(loaded).size() > 10);
        try (var left = Files.walk(temporary)) {
            assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
        }
    }

    private static List<String> model(List<String> classes) {
        return classes.stream()
                .filter(line -> line.contains(" ai.djl.")
                        || line.contains(" ai.onnxruntime.")
                        || line.contains(" dev.langchain4j."))
                .toList();
    }

    private static int indexOf(List<String> classes, String name) {
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).contains(name)) {
                return i;
            }
        }
        throw new AssertionError(name + " was not loaded");
    }
}
