package io.switchboard.kit;

import io.switchboard.kit.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void the_kit_keeps_the_house_rules() {
        HouseRules.check("io.switchboard.kit");
    }
}
