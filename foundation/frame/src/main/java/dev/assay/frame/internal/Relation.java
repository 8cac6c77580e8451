package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/// Something to select from, of known length, and what to take from it.
///
/// The length must be known because the driver's chunks simply stop when reading fails halfway: a count
/// that is not reached is the only sign, and [#explain] then asks in a way that fails aloud.
///
/// @param from  as it stands after FROM
/// @param rows  how many rows it has
/// @param picks what to take
record Relation(String from, long rows, List<Pick> picks) implements Table {
    @Override
    public long count() {
        return rows;
    }

    @Override
    public Relation with(List<Pick> other) {
        return new Relation(from, rows, other);
    }

    @Override
    public Table settled(Database database) throws SQLException {
        return Levels.settled(database, this);
    }

    @Override
    public Rows rows(Database database) throws SQLException {
        return new Reader(database, this);
    }

    @Override
    public Frame read(Database database) throws SQLException {
        if (picks.isEmpty()) {
            return Frame.empty();
        }
        if (rows > Integer.MAX_VALUE - 8) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA, "there are " + rows + " rows, too many for one frame; read it in chunks.");
        }
        try (Reader reader = new Reader(database, this)) {
            return reader.next((int) rows);
        }
    }

    /// What it means that there are other rows than were counted.
    static Fault changed() {
        return FileFormat.malformed("the file has other rows than when it was first looked at; it was changed while "
                + "it was read. Read it again.");
    }

    private String expressions() {
        return picks.stream().map(Pick::expression).collect(Collectors.joining(", "));
    }

    /// Says why fewer rows came than there are.
    SQLException explain(Database database) {
        String all = picks.stream().map(p -> "count(" + p.expression() + ")").collect(Collectors.joining(", "));
        try {
            database.ask("SELECT " + all + " FROM " + from);
        } catch (SQLException e) {
            return e;
        }
        return new SQLException("the rows ended early");
    }

    /// Takes them in order.
    private static final class Reader implements Rows {
        private final Database database;
        private final Relation relation;
        private final PreparedStatement statement;
        private final DuckDBChunkedResult result;
        private long taken;
        private int inChunk;
        private int position;

        Reader(Database database, Relation relation) throws SQLException {
            this.database = database;
            this.relation = relation;
            this.statement = database.prepare("SELECT " + relation.expressions() + " FROM " + relation.from());
            try {
                this.result = statement.unwrap(DuckDBPreparedStatement.class).query();
            } catch (SQLException e) {
                statement.close();
                throw e;
            }
        }

        @Override
        public long left() {
            return relation.rows() - taken;
        }

        @Override
        public Frame next(int count) throws SQLException {
            List<ColumnBuffer> buffers = new ArrayList<>();
            for (Pick pick : relation.picks()) {
                buffers.add(ColumnBuffer.of(pick, count));
            }
            int row = 0;
            while (row < count) {
                if (position == inChunk) {
                    if (!result.nextChunk()) {
                        throw relation.explain(database);
                    }
                    inChunk = (int) result.chunk().rowCount();
                    position = 0;
                }
                int some = Math.min(count - row, inChunk - position);
                DuckDBDataChunkReader chunk = result.chunk();
                for (int i = 0; i < buffers.size(); i++) {
                    DuckDBReadableVector vector = chunk.vector(i);
                    buffers.get(i).take(vector, position, some, row);
                }
                position += some;
                row += some;
            }
            taken += count;
            if (taken == relation.rows() && (position < inChunk || result.nextChunk())) {
                throw changed();
            }
            return Pick.frame(relation.picks(), buffers);
        }

        @Override
        public void close() throws SQLException {
            try {
                result.close();
            } finally {
                statement.close();
            }
        }
    }
}
