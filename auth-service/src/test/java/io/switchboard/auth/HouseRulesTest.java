package io.switchboard.auth;

import io.switchboard.kit.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void code_is_laid_out_as_everywhere() {
        HouseRules.check("io.switchboard.auth");
    }
}
