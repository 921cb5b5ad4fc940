package io.switchboard.kit.tenant;

/** Something to be done every minute for all tenants; every replica does it, so it does no harm twice. */
public interface Chore {

    /** Calls a listed SECURITY DEFINER function, whose work is bounded: what is left over waits for the next minute. */
    String statement();
}
