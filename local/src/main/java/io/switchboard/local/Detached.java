package io.switchboard.local;

import java.io.File;
import java.util.List;

/** Takes a process out of the terminal's reach, so that neither Ctrl-C nor a closed window ends it behind our back. */
final class Detached {
    /** Programs that replace themselves by what follows; the process number stays. */
    static final List<String> PREFIX = prefix();

    private Detached() {}

    private static List<String> prefix() {
        if (onPath("setsid")) {
            return List.of("setsid");
        }
        return onPath("nohup") ? List.of("nohup") : List.of(); // macOS has no setsid
    }

    private static boolean onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (new File(folder, program).canExecute()) {
                return true;
            }
        }
        return false;
    }
}
