package io.switchboard.kit.member;

import java.util.List;
import java.util.Map;

/**
 * The settings of an organization, by the copy that is kept here.
 *
 * @param timeZone IANA
 * @param defaultRegion ISO 3166
 * @param businessHours monday to sunday, each a list of {from, to}, local time
 * @param isActive false while it is suspended
 */
public record OrganizationSettings(
        String timeZone,
        String defaultRegion,
        Map<String, Object> businessHours,
        List<Closure> closures,
        boolean isActive) {}
