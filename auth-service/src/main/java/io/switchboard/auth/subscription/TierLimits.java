package io.switchboard.auth.subscription;

/**
 * What a tier allows.
 *
 * @param monthlyTokenQuota tokens
 */
record TierLimits(int maxAgents, long monthlyTokenQuota) {}
