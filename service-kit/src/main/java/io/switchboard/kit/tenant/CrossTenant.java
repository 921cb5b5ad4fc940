package io.switchboard.kit.tenant;

/** Owners of connections for work that crosses tenants; each has a share of the pool. */
enum CrossTenant {
    /** Requests of callers whose tenant is not known yet, such as sign-ins and deliveries. */
    CALLERS,
    /** Claims, clean-ups and the like, which no caller waits for. */
    WORKERS,
    /** Statements with a time-out of their own, so that they hold up no claim. */
    LONG_JOBS
}
