package io.switchboard.kit.tenant;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Versioned;
import jakarta.persistence.OptimisticLockException;
import java.util.UUID;

/**
 * Deletes an entity by a query. Hibernate Reactive's own delete keeps its result in a field that all sessions share
 * (hibernate-reactive#1713): of two deletes at the same time one never ends, and holds its connection.
 */
public final class EntityDeletion {
    private EntityDeletion() {}

    /** Fails with {@code changed_meanwhile} if the row has another version by now. */
    public static <E extends Versioned> Uni<Void> delete(PanacheRepositoryBase<E, UUID> repository, E entity) {
        return repository
                .delete("id = ?1 and version = ?2", entity.id(), entity.version())
                .invoke(deleted -> {
                    if (deleted == 0) {
                        throw new OptimisticLockException("another version by now");
                    }
                })
                .replaceWithVoid();
    }
}
