package io.switchboard.audit.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps whole objects by name, outside the database. Its calls block, so that only workers make them; they fail with
 * {@link StoreFailure}, and a put that failed may have taken effect.
 */
public interface ObjectStore extends AutoCloseable {

    /** Whether it was put: false if there is an object of the name, which stays as it is. Of several at once one is true. */
    boolean putIfAbsent(String name, byte[] content);

    /** Null if there is none. */
    byte @Nullable [] get(String name);

    /**
     * Names in the order of their bytes.
     *
     * @param prefix of a whole folder, ending with a slash; empty for all
     * @param after the last name of the page before; empty for the first page
     * @param limit at most 1,000
     */
    List<String> list(String prefix, String after, int limit);

    /** Also when there is none. */
    void delete(String name);

    @Override
    void close();
}
