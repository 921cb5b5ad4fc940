package io.switchboard.audit.export;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.audit.format.ExportHeader;
import io.switchboard.audit.log.Readings;
import io.switchboard.audit.seal.Blocks;
import io.switchboard.audit.tree.CoveringCheckpoint;
import io.switchboard.audit.tree.CoveringCheckpoints;
import io.switchboard.audit.tree.NotSealed;
import io.switchboard.audit.tree.SealedPage;
import io.switchboard.audit.tree.SealedRecords;
import io.switchboard.audit.tree.TreeBroken;
import io.switchboard.audit.tree.TreeNodes;
import io.switchboard.kit.http.FileAnswer.Piece;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.work.Offloaded;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A range of sealed records as a file that the verifier can check: whether they are as they were sealed, and all of them. */
@ApplicationScoped
class VerifiableExports {
    private static final int ROWS = 500;

    private final Blocks blocks;
    private final TreeNodes nodes;
    private final SealedRecords records;
    private final CoveringCheckpoints checkpoints;
    private final AddedRecords added;
    private final Readings readings;

    VerifiableExports(
            Blocks blocks,
            TreeNodes nodes,
            SealedRecords records,
            CoveringCheckpoints checkpoints,
            AddedRecords added,
            Readings readings) {
        this.blocks = blocks;
        this.nodes = nodes;
        this.records = records;
        this.checkpoints = checkpoints;
        this.readings = readings;
        this.added = added;
    }

    /** Fails with {@code not_sealed} or {@code tree_broken}. */
    Uni<Piece<VerifiablePlace>> piece(CallerContext caller, VerifiableRange range, @Nullable VerifiablePlace from) {
        return from == null ? begin(caller, range) : next(caller, range.org(), from);
    }

    /** What there was at a moment: a tree that was signed before it is no larger. */
    private record Begun(long treeSize, Instant at) {}

    private Uni<Piece<VerifiablePlace>> begin(CallerContext caller, VerifiableRange range) {
        var now = Instant.now();
        return blocks.tree(caller, range.org())
                .map(tree -> new Begun(tree == null ? 0 : tree.size(), now))
                .chain(begun -> searched(range.org(), place(range, begun.treeSize()))
                        .chain(place -> begin(caller, range.org(), place, begun)));
    }

    private Uni<VerifiablePlace> searched(UUID org, VerifiablePlace place) {
        return added.find(org, place.from(), place.to()).map(place::with);
    }

    private Uni<Piece<VerifiablePlace>> begin(CallerContext caller, UUID org, VerifiablePlace place, Begun begun) {
        return head(caller, org, place, begun)
                .call(() -> recordBegin(caller, org, place))
                .map(head -> new Piece<>(head, place));
    }

    private Uni<Buffer> head(CallerContext caller, UUID org, VerifiablePlace place, Begun begun) {
        return checkpoints.find(caller, org, place.to() + 1).chain(checkpoint -> nodes.left(caller, org, place.from())
                .chain(left -> nodes.right(caller, org, place.to() + 1, checkpoint.size())
                        .map(right -> VerifiableLines.line(header(org, place, checkpoint, left, right, begun)
                                .json()))));
    }

    private ExportHeader header(
            UUID org,
            VerifiablePlace place,
            CoveringCheckpoint checkpoint,
            List<byte[]> left,
            List<byte[]> right,
            Begun begun) {
        return new ExportHeader(
                org,
                place.from(),
                place.to(),
                checkpoint.note(),
                checkpoints.keys(org),
                left,
                right,
                begun.treeSize(),
                begun.at());
    }

    private Uni<Piece<VerifiablePlace>> next(CallerContext caller, UUID org, VerifiablePlace from) {
        return records.read(caller, org, from.next(), Math.min(from.next() + ROWS, from.to() + 1))
                .invoke(VerifiableExports::requireSome)
                .chain(page -> lines(from, page)
                        .chain(lines -> page.next() <= from.to()
                                ? Uni.createFrom()
                                        .item(new Piece<>(lines.buffer(), from.at(page.next(), lines.lastNo())))
                                : end(caller, org, from, lines.buffer())));
    }

    private Uni<Piece<VerifiablePlace>> end(CallerContext caller, UUID org, VerifiablePlace place, Buffer lines) {
        var records = place.to() - place.from() + 1;
        return recordEnd(caller, org, place, records)
                .replaceWith(() -> new Piece<>(lines.appendBuffer(RecordText.end(records)), null));
    }

    /** Hashing is for the workers. */
    private static Uni<VerifiableLines> lines(VerifiablePlace place, SealedPage page) {
        return Offloaded.on(Infrastructure.getDefaultExecutor(), () -> VerifiableLines.of(place, page.records()));
    }

    private Uni<Void> recordBegin(CallerContext caller, UUID org, VerifiablePlace place) {
        var details = Map.of("verifiable", true, "fromSequence", place.from(), "toSequence", place.to());
        return readings.recordExport(caller, place.ids(), details, org);
    }

    private Uni<Void> recordEnd(CallerContext caller, UUID org, VerifiablePlace place, long records) {
        var details = Map.of("export", place.ids().own(), "records", records);
        return readings.recordExport(caller, Readings.Ids.next(), details, org);
    }

    private static VerifiablePlace place(VerifiableRange range, long size) {
        long to = range.to() == null ? size - 1 : range.to();
        if (to >= size || range.from() > to) {
            throw NotSealed.problem();
        }
        return new VerifiablePlace(Readings.Ids.next(), range.from(), to, range.from(), 0, null);
    }

    private static void requireSome(SealedPage page) {
        if (page.records().isEmpty()) {
            throw TreeBroken.problem();
        }
    }
}
