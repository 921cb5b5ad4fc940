package io.switchboard.voice;

import io.switchboard.kit.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void the_house_rules_are_kept() {
        HouseRules.check("io.switchboard.voice");
    }
}
