package io.switchboard.audit.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a file that is valid does not prove: said after the verdict. */
final class Remarks {
    private long erased;
    private long notJournalled = -1;

    void note(RecordInput record) {
        erased += record.isPartErased() ? 1 : 0;
    }

    /** @param from the first record that the journal does not have yet */
    void noteNotJournalled(long from) {
        notJournalled = from;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        if (erased > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Records with erased values: %,d. That they were erased says the file, and no signature.",
                    erased));
        }
        if (notJournalled >= 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "From sequence %,d on the journal has none of them yet, and the signature alone proves them:"
                            + " try again with a newer copy of the journal.",
                    notJournalled));
        }
        return lines;
    }
}
