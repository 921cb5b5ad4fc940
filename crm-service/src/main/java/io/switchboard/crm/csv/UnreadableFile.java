package io.switchboard.crm.csv;

/** A file that cannot be read on: from a row on, it is not known where rows end. */
public final class UnreadableFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    UnreadableFile(int line) {
        super(
                "has a quote that is not closed, a cell of more than 65,536 characters, more than 10,000 cells, or more than"
                        + " 262,144 characters",
                null,
                false,
                false);
        this.line = line;
    }

    public int line() {
        return line;
    }
}
