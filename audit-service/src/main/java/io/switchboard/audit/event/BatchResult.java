package io.switchboard.audit.event;

import java.util.List;

/**
 * The outcome for a batch.
 *
 * @param accepted how many were new
 * @param duplicates how many were known already, with the same body
 */
public record BatchResult(int accepted, int duplicates, List<Rejection> rejected) {

    /** An event that is not recorded, now or when it is sent again; the index counts from 0. */
    public record Rejection(int index, String reason) {}
}
