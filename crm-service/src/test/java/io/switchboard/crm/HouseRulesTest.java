package io.switchboard.crm;

import io.switchboard.kit.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void the_code_is_laid_out_as_everywhere() {
        HouseRules.check("io.switchboard.crm");
    }
}
