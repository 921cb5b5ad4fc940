package io.switchboard.kit.tenant;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The statements of one transaction, its tenant already named. */
public final class Statements {
    private final BiFunction<String, Tuple, CompletionStage<RowSet<Row>>> connection;

    Statements(SqlConnection connection) {
        this((sql, args) -> connection.preparedQuery(sql).execute(args).toCompletionStage());
    }

    Statements(BiFunction<String, Tuple, CompletionStage<RowSet<Row>>> connection) {
        this.connection = connection;
    }

    public Uni<RowSet<Row>> run(String sql, Tuple args) {
        return Uni.createFrom().completionStage(() -> connection.apply(sql, args));
    }

    public <T> Uni<List<T>> list(String sql, Tuple args, Function<Row, T> shape) {
        return run(sql, args).map(rows -> shaped(rows, shape));
    }

    /** The first row's shape; null without a row. */
    public <T> Uni<T> first(String sql, Tuple args, Function<Row, T> shape) {
        return run(sql, args).map(rows -> firstOf(rows, shape));
    }

    static <T> List<T> shaped(RowSet<Row> rows, Function<Row, T> shape) {
        return StreamSupport.stream(rows.spliterator(), false).map(shape).toList();
    }

    @SuppressWarnings("NullAway")
    static <T> T firstOf(RowSet<Row> rows, Function<Row, T> shape) {
        var row = rows.iterator();
        return row.hasNext() ? shape.apply(row.next()) : null;
    }
}
