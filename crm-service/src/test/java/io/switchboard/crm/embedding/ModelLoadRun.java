package io.switchboard.crm.embedding;

import io.switchboard.search.Embedder.Purpose;
import java.net.URL;
import java.security.Permission;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A process that uses the model once, and in which every connection is noted and refused. */
@SuppressWarnings("removal")
final class ModelLoadRun {
    static final String CONTROL = "192.0.2.1:80";

    private ModelLoadRun() {}

    public static void main(String[] arguments) throws Exception {
        var connections = new CopyOnWriteArrayList<String>();
        System.setSecurityManager(new SecurityManager() {
            @Override
            public void checkPermission(Permission permission) {}

            @Override
            public void checkConnect(String host, int port) {
                if (port >= 0) { // else it is a look-up: the log manager asks for this machine's own name
                    connections.add(host + ":" + port);
                    throw new SecurityException("no connections");
                }
            }
        });
        var embedder = new MiniLmEmbedder();
        embedder.model();
        FirstUse.mark();
        var vector = embedder.embed(List.of("Hello"), Purpose.QUERY)
                .toCompletableFuture()
                .join()
                .get(0);
        try {
            new URL("http://" + CONTROL + "/").openConnection().connect();
        } catch (SecurityException noted) {
            System.out.println("dimensions=" + vector.length);
            System.out.println("connections=" + connections);
        }
    }

    /** Its line in the list of loaded classes separates what came before. */
    static final class FirstUse {
        private FirstUse() {}

        static void mark() {}
    }
}
