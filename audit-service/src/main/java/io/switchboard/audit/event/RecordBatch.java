package io.switchboard.audit.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.switchboard.audit.event.BatchResult.Rejection;
import io.switchboard.kit.problem.Problem;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A posted batch, on its way into the log. It is scanned to its end before any event is recorded, so that a batch refused as a
 * whole records nothing; then it is unpacked again slice by slice, so that no more than a slice is in memory.
 */
final class RecordBatch implements AutoCloseable {
    private static final int MOST_EVENTS = 1_000;
    private static final int LARGEST_EVENT = 1024 * 1024;
    private static final int LARGEST_SLICE = 4 * 1024 * 1024;

    /** For the array alone; the reader checks each event. */
    private static final JsonFactory OUTLINE = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    /** The bytes of an event in the unpacked body; length 0 if it is not an object. */
    private record ByteRange(long start, long length) {}

    private final List<ByteRange> places;
    private final InputStream unpacked;
    private final EventReader reader;
    private final List<Rejection> rejected = new ArrayList<>();
    private long position;
    private int next;
    private int accepted;
    private int duplicates;

    private RecordBatch(List<ByteRange> places, InputStream unpacked, EventReader reader) {
        this.places = places;
        this.unpacked = unpacked;
        this.reader = reader;
    }

    /** Fails with {@code malformed_json}, {@code malformed_encoding}, {@code too_many_events} or {@code body_too_large}. */
    static RecordBatch of(Body body, String sender) {
        try (var in = OUTLINE.createParser(body.open())) {
            return new RecordBatch(places(in), body.open(), new EventReader(sender));
        } catch (JsonProcessingException e) {
            throw noArray();
        } catch (IOException e) {
            throw Problem.badRequest("malformed_encoding", "The body does not match Content-Encoding.");
        }
    }

    private static List<ByteRange> places(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_ARRAY) {
            throw noArray();
        }
        var places = new ArrayList<ByteRange>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (places.size() == MOST_EVENTS) {
                throw Problem.of(413, "too_many_events", "A batch has at most " + MOST_EVENTS + " events.");
            }
            places.add(place(in));
        }
        if (in.nextToken() != null) {
            throw noArray();
        }
        return places;
    }

    private static ByteRange place(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return new ByteRange(0, 0);
        }
        var start = in.currentTokenLocation().getByteOffset();
        if (start < 0) {
            throw noArray(); // UTF-16 and its like
        }
        in.skipChildren();
        return new ByteRange(start, in.currentLocation().getByteOffset() - start);
    }

    /** The next events for the database; may be empty. */
    BodySlice nextSlice() {
        var events = new ByteArrayOutputStream(8192);
        var taken = new ArrayList<Integer>();
        var event = new ByteArrayOutputStream(1024);
        while (next < places.size() && events.size() < LARGEST_SLICE) {
            event.reset();
            try {
                copy(places.get(next), event);
                events.write(taken.isEmpty() ? '[' : ',');
                events.writeBytes(event.toByteArray());
                taken.add(next);
            } catch (InvalidEvent e) {
                rejected.add(new Rejection(next, e.getMessage()));
            }
            next++;
        }
        events.write(']');
        return new BodySlice(Buffer.buffer(events.toByteArray()), taken, next == places.size());
    }

    private void copy(ByteRange place, ByteArrayOutputStream to) {
        if (place.length() == 0) {
            throw new InvalidEvent("must be an object");
        }
        if (place.length() > LARGEST_EVENT) {
            throw new InvalidEvent("has more than " + LARGEST_EVENT + " bytes");
        }
        try {
            unpacked.skipNBytes(place.start() - position);
            var bytes = unpacked.readNBytes((int) place.length());
            position = place.start() + place.length();
            reader.copy(bytes, to);
        } catch (IOException e) {
            throw new IllegalStateException("A body cannot be unpacked a second time", e);
        }
    }

    /** @param verdicts of the database about events it did not record, by their index in the slice */
    void noteRecorded(BodySlice slice, Map<Integer, String> verdicts) {
        accepted += slice.places().size() - verdicts.size();
        verdicts.forEach((place, verdict) -> {
            if (verdict.equals("duplicate")) {
                duplicates++;
            } else {
                rejected.add(new Rejection(slice.places().get(place), "id: another event has it"));
            }
        });
    }

    BatchResult result() {
        rejected.sort(Comparator.comparingInt(Rejection::index));
        return new BatchResult(accepted, duplicates, List.copyOf(rejected));
    }

    @Override
    public void close() {
        try {
            unpacked.close();
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be closed", e);
        }
    }

    private static Problem noArray() {
        return Problem.badRequest("malformed_json", "Send a JSON array of events, in UTF-8.");
    }
}
