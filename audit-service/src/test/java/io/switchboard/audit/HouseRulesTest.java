package io.switchboard.audit;

import io.switchboard.kit.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void the_house_rules_hold() {
        HouseRules.check("io.switchboard.audit");
    }
}
