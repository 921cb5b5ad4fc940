package io.switchboard.voice.call;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** The country by which an organization's national numbers are read; cached for a minute. */
@ApplicationScoped
public class Regions {
    private final Members members;
    private final AsyncCache<UUID, String> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .buildAsync();

    Regions(Members members) {
        this.members = members;
    }

    /** Each asker has a future of its own: one that gives up cancels nobody else's. */
    public Uni<String> of(CallerContext caller) {
        return Uni.createFrom()
                .completionStage(() -> known.get(caller.orgId(), (org, executor) -> members.defaultRegion(caller)
                                .subscribeAsCompletionStage())
                        .copy());
    }
}
