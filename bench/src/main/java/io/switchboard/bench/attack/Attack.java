package io.switchboard.bench.attack;

import io.switchboard.local.Service;

/**
 * One way to hurt a service.
 *
 * @param name for {@code --only}
 * @param what is sent, for the table
 * @param at the service that is attacked
 * @param longestRead milliseconds that another tenant's read may take meanwhile
 * @param preparation what has to be there before the other tenant is watched
 * @param outage whether the database itself is away, so that 503 is a right answer
 */
record Attack(String name, String what, Service at, long longestRead, boolean outage, Blow preparation, Blow blow) {
    /** Milliseconds that another tenant's read may take while the machine is full of work. */
    private static final long BUSY = 3_000;

    /** Returns when the attack is over. Fails where the attacked service answered otherwise than it should. */
    interface Blow {
        void strike(Ground ground) throws Exception;
    }

    static Attack on(Service at, String name, String what, Blow blow) {
        return new Attack(name, what, at, BUSY, false, ground -> {}, blow);
    }

    static Attack on(Service at, String name, String what, Blow preparation, Blow blow) {
        return new Attack(name, what, at, BUSY, false, preparation, blow);
    }

    /** An attack on the database: every service answers 503 in time. */
    static Attack outage(String name, String what, Blow blow) {
        return new Attack(name, what, Service.CRM, BUSY, true, ground -> {}, blow);
    }
}
