package io.switchboard.crm.contactimport;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bytes of files that are to be imported, in parts. */
@ApplicationScoped
class ImportChunks {
    private static final String ADD =
            "insert into import_chunks (org_id, import_id, nth, bytes) values ($1, $2, $3, $4)";
    private static final String FIND =
            "select bytes from import_chunks where org_id = $1 and import_id = $2 and nth = $3";
    private static final String REMOVE = "delete from import_chunks where org_id = $1 and import_id = $2";

    private final TenantSql sql;

    ImportChunks(TenantSql sql) {
        this.sql = sql;
    }

    Uni<?> add(CallerContext caller, UUID importId, int nth, byte[] bytes) {
        return sql.execute(caller, ADD, Tuple.of(caller.orgId(), importId, nth, Buffer.buffer(bytes)));
    }

    Uni<?> remove(CallerContext caller, UUID importId) {
        return sql.forWorkers().execute(caller, REMOVE, Tuple.of(caller.orgId(), importId));
    }

    Uni<?> remove(CallerContext caller, Statements statements, UUID importId) {
        return statements.run(REMOVE, Tuple.of(caller.orgId(), importId));
    }

    /** The whole file, of which one part is held at a time. Blocks while the next one is fetched. */
    InputStream open(CallerContext caller, UUID importId) {
        var workers = sql.forWorkers();
        return new ChunkStream(nth -> workers.first(
                        caller, FIND, Tuple.of(caller.orgId(), importId, nth), row -> row.getBuffer("bytes")
                                .getBytes())
                .subscribeAsCompletionStage()
                .join());
    }

    /** Reads one part after the other. */
    private static final class ChunkStream extends InputStream {
        private final Chunks chunks;
        private byte[] chunk = new byte[0];
        private int nth;
        private int position;

        private ChunkStream(Chunks chunks) {
            this.chunks = chunks;
        }

        @Override
        public int read() {
            return fill() ? chunk[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (!fill()) {
                return -1;
            }
            int some = Math.min(length, chunk.length - position);
            System.arraycopy(chunk, position, into, offset, some);
            position += some;
            return some;
        }

        private boolean fill() {
            if (position == chunk.length) {
                var next = chunks.get(nth++);
                chunk = next == null ? new byte[0] : next;
                position = 0;
            }
            return position < chunk.length;
        }
    }

    private interface Chunks {
        /** Null behind the last one. */
        byte @Nullable [] get(int nth);
    }
}
