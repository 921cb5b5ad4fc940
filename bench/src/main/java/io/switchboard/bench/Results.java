package io.switchboard.bench;

import java.util.ArrayList;
import java.util.List;

/** What the workloads of a run have found, in the order of the report. */
record Results(List<Measured> paths, List<Figure> figures) {
    Results() {
        this(new ArrayList<>(), new ArrayList<>());
    }
}
