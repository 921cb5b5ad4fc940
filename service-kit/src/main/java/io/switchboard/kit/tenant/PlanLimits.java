package io.switchboard.kit.tenant;

/**
 * What the plan of a user allows, as the access token says it: at most five minutes old.
 *
 * @param tier free, pro or enterprise
 * @param monthlyTokenQuota tokens
 */
public record PlanLimits(String tier, int maxAgents, long monthlyTokenQuota) {}
