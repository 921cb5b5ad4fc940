package io.switchboard.audit;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.DocumentChecks;
import io.switchboard.kit.test.ForgedTokenSweep;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.TenancySweep;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TenancyTest {

    @Test
    void nobody_strangers_and_other_roles_are_refused_everywhere() {
        TenancySweep.run(Map.of(), Set.of());
    }

    @Test
    void the_document_has_examples_and_headers() {
        DocumentChecks.run();
    }

    @Test
    void forged_tokens_are_refused() {
        ForgedTokenSweep.refusedEverywhere();
    }
}
