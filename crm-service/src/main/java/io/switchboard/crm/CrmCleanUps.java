package io.switchboard.crm;

import io.switchboard.kit.schedule.CleanUps;
import jakarta.inject.Singleton;
import java.util.List;

/** The expired rows that this service removes. */
@Singleton
class CrmCleanUps implements CleanUps {
    @Override
    public List<String> functions() {
        return List.of(
                "forget_idempotency_keys",
                "forget_work",
                "expire_old_notifications",
                "forget_import_chunks",
                "forget_import_previews",
                "forget_import_errors",
                "forget_imports");
    }
}
