package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;

/** Something that an assistant may do during a live call. All of it fails with {@link ToolRefusal}. */
interface Tool {
    String name();

    /** Reads the arguments, and asks other services: nothing of it happens in the transaction of the work. */
    Uni<Work> prepare(CallerContext caller, ToolArguments arguments);

    /** What the tool does, in one transaction with the answer that is kept. */
    interface Work {
        Uni<ToolResult> run(Statements statements);
    }

    static Uni<Work> ready(Work work) {
        return Uni.createFrom().item(work);
    }
}
