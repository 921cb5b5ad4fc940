package io.switchboard.local;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How PostgreSQL's programs, which refuse to run as root, are run here.
 *
 * <p>An ordinary user runs them directly. Root runs them in a user namespace of their own, where it has no
 * rights; where namespaces are forbidden, as the user {@code nobody}.
 *
 * @param prefix what goes before the program
 * @param owner the user that must own the data
 */
record RunAs(List<String> prefix, String owner) {
    static final RunAs SELF = new RunAs(List.of(), null);
    static final RunAs NAMESPACE = new RunAs(List.of("unshare", "-U"), "root");
    static final RunAs NOBODY_BY_SETPRIV = new RunAs(
            List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups", "--no-new-privs"), "nobody");
    static final RunAs NOBODY_BY_SU =
            new RunAs(List.of("su", "-s", "/bin/sh", "nobody", "-c", "exec \"$0\" \"$@\"", "--"), "nobody");

    static RunAs here(Layout layout) {
        if (new UnixSystem().getUid() != 0) {
            return SELF;
        }
        if (NAMESPACE.works("/")) {
            return NAMESPACE;
        }
        layout.letThrough();
        for (RunAs way : List.of(NOBODY_BY_SETPRIV, NOBODY_BY_SU)) {
            if (way.works(layout.cache().toString())) {
                return way;
            }
        }
        throw new Refusal("PostgreSQL does not run as root, user namespaces are forbidden here, and the user nobody "
                + "has no way into " + layout.data()
                + ".\nRun ./switchboard as an ordinary user, keep the data elsewhere "
                + "with SWITCHBOARD_DATA_DIR, or name a server of your own with SWITCHBOARD_DB_URL.");
    }

    private boolean works(String folder) {
        Command id = Command.run(command(List.of("id", "-u")));
        return id.succeeded()
                && !id.output().equals("0")
                && Command.run(command(List.of("test", "-x", folder))).succeeded();
    }

    List<String> command(List<String> program) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(program);
        return all;
    }

    /** Makes the user that runs the server the owner of a file or folder. */
    void own(Path folder) throws IOException {
        if (owner == null || Files.getOwner(folder).getName().equals(owner)) {
            return;
        }
        Command chown = Command.run(List.of("chown", "-R", owner, folder.toString()));
        if (!chown.succeeded()) {
            throw new Refusal("Cannot give " + folder + " to " + owner + ": " + chown.output());
        }
    }
}
