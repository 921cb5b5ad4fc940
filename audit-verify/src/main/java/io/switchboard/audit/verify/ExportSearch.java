package io.switchboard.audit.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Searches a whole export for a record, once it is known that something is wrong with it. */
record ExportSearch(Path file) {
    boolean hasId(String id) {
        return find(record -> record.id().equals(id)) != null;
    }

    /** Null if there is none. */
    @Nullable
    String idOf(long sequence) {
        return find(record -> record.sequence() == sequence);
    }

    private @Nullable String find(Predicate<RecordInput> wanted) {
        try (var json = new JsonInput(BoundedFile.open(file))) {
            json.beginObject();
            FileHead.read(json);
            var lines = new ExportInput(json);
            for (var line = lines.next(); line != ExportInput.Line.END; line = lines.next()) {
                if (line == ExportInput.Line.RECORD && wanted.test(lines.record())) {
                    return lines.record().id();
                }
            }
            return null;
        } catch (IOException | Unusable e) {
            return null; // It is not to be found: what is wrong with the rest is no longer of interest.
        }
    }
}
