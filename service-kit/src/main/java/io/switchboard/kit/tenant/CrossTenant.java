package io.switchboard.kit.tenant;

/** Who has connections for work that is of no tenant in particular: a share of the pool for each. */
enum CrossTenant {
    /** Requests of callers whose tenant is not known yet, such as sign-ins and deliveries. */
    CALLERS,
    /** Claims, clean-ups and the like, which no caller waits for. */
    WORKERS
}
