package io.switchboard.audit.store;

/** The store does not do what it is asked; it may be tried again. */
public final class StoreFailure extends RuntimeException {
    StoreFailure(String what, Throwable cause) {
        super(what, cause);
    }
}
