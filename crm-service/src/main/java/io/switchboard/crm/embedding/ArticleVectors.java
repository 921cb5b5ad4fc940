package io.switchboard.crm.embedding;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.Offloaded;
import io.switchboard.search.EmbeddingModel;
import io.switchboard.search.VectorBlock;
import io.switchboard.search.VectorCache;
import io.switchboard.search.VectorSet;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The vectors of an organization's chunks, kept in memory. Every search asks for the revision that they have now, and reads what is
 * missing: vectors that were added, or all of them after some were removed.
 */
@ApplicationScoped
class ArticleVectors {
    private static final Logger LOG = Logger.getLogger(ArticleVectors.class);
    static final String REVISION = "select revision, removed_at from kb_chunk_revisions where org_id = $1";
    private static final int PAGE = 500;
    static final String VECTORS = "select id, article_id, vector, revision from kb_chunks"
            + " where org_id = $1 and (revision, id) > ($2, $3) and revision <= $4 and model = $5"
            + " order by revision, id limit " + PAGE;
    private static final UUID LAST_ID = new UUID(-1, -1);

    private final TenantSql sql;
    private final VectorCache<Key> cache;
    private final Map<Key, CompletableFuture<VectorSet>> loads = new HashMap<>();

    ArticleVectors(
            TenantSql sql,
            @ConfigProperty(name = "switchboard.embedding.cache-bytes", defaultValue = "67108864") long cacheBytes) {
        this.sql = sql;
        this.cache = new VectorCache<>(cacheBytes);
    }

    private record Key(UUID orgId, String model) {}

    private record Revision(long last, long removedAt) {
        static Revision of(Row row) {
            return new Revision(row.getLong("revision"), row.getLong("removed_at"));
        }
    }

    /** Those of a model, as they are now. Empty, too, for an organization that has more than are kept in memory. */
    Uni<VectorSet> find(CallerContext caller, EmbeddingModel model) {
        return sql.first(caller, REVISION, Tuple.of(caller.orgId()), Revision::of)
                .chain(revision -> revision == null || revision.last() == 0
                        ? Uni.createFrom().item(VectorSet.EMPTY)
                        : upTo(revision, caller, model));
    }

    private Uni<VectorSet> upTo(Revision wanted, CallerContext caller, EmbeddingModel model) {
        var known = cache.get(new Key(caller.orgId(), model.name()));
        return known != null && known.revision() >= wanted.last()
                ? Uni.createFrom().item(known)
                : Offloaded.awaited(load(wanted, caller, model))
                        .chain(set -> set.revision() >= wanted.last()
                                ? Uni.createFrom().item(set)
                                : upTo(wanted, caller, model)); // it had begun before
    }

    /** Who asks for the same meanwhile waits for the same. It goes on also when the one who asked first has left. */
    private synchronized CompletableFuture<VectorSet> load(
            Revision wanted, CallerContext caller, EmbeddingModel model) {
        var key = new Key(caller.orgId(), model.name());
        var running = loads.get(key);
        if (running != null) {
            return running;
        }
        var result = new CompletableFuture<VectorSet>();
        loads.put(key, result);
        var reader = CallerContext.Value.service(caller.orgId(), "crm-service", caller.origin());
        new Load(key, reader, model.dimensions(), wanted, known(key, wanted))
                .run()
                .subscribe()
                .with(set -> loaded(key, set, result), failure -> failed(key, failure, result));
        return result;
    }

    private VectorSet known(Key key, Revision wanted) {
        var known = cache.get(key);
        return known == null || known.revision() < wanted.removedAt() ? VectorSet.EMPTY : known;
    }

    private void loaded(Key key, VectorSet set, CompletableFuture<VectorSet> result) {
        synchronized (this) {
            loads.remove(key);
            cache.put(key, set);
        }
        result.complete(set);
    }

    private void failed(Key key, Throwable failure, CompletableFuture<VectorSet> result) {
        synchronized (this) {
            loads.remove(key);
        }
        result.completeExceptionally(failure);
    }

    /** Reads in pages what a known set does not have yet. */
    private final class Load {
        private final Key key;
        private final CallerContext reader;
        private final int dimensions;
        private final Revision wanted;
        private final VectorSet known;
        private final List<VectorBlock> blocks = new ArrayList<>();
        private long afterRevision;
        private UUID afterId = LAST_ID;
        private long bytes;

        private Load(Key key, CallerContext reader, int dimensions, Revision wanted, VectorSet known) {
            this.key = key;
            this.reader = reader;
            this.dimensions = dimensions;
            this.wanted = wanted;
            this.known = known;
            this.afterRevision = known.revision();
            this.bytes = known.bytes();
        }

        private Uni<VectorSet> run() {
            if (known.isPartial()) {
                return Uni.createFrom().item(VectorSet.partial(wanted.last()));
            }
            var place = Tuple.of(key.orgId(), afterRevision, afterId, wanted.last(), key.model());
            return sql.list(reader, VECTORS, place, this::entry).chain(this::add);
        }

        private VectorBlock.Entry entry(Row row) {
            afterRevision = row.getLong("revision");
            afterId = row.getUUID("id");
            return new VectorBlock.Entry(row.getUUID("article_id"), afterId, VectorBytes.read(row.getBuffer("vector")));
        }

        private Uni<VectorSet> add(List<VectorBlock.Entry> entries) {
            var block = VectorBlock.of(
                    entries.stream()
                            .filter(entry -> entry.vector().length == dimensions)
                            .toList(),
                    dimensions);
            blocks.add(block);
            bytes += block.bytes();
            if (!cache.fits(bytes)) {
                LOG.warnf("Organization %s has too many articles to be searched by meaning", key.orgId());
                return Uni.createFrom().item(VectorSet.partial(wanted.last()));
            }
            return entries.size() < PAGE ? Uni.createFrom().item(known.plus(wanted.last(), blocks)) : run();
        }
    }
}
