package dev.meshpath.bench;

import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.collector.meshpath.MeshPathTable;
import dev.meshpath.record.Dispatcher;
import java.util.function.Consumer;

/** The whole way of a record as the exporter goes it: check, decode, table. */
final class Follower {
  private static final int DESTINATION_LIMIT = 256;
  private static final long RETENTION_NS = 300_000_000_000L;

  private final MeshPathTable table = new MeshPathTable(DESTINATION_LIMIT, RETENTION_NS);
  private final Dispatcher dispatcher;

  Follower() {
    this(event -> {});
  }

  /**
   * @param listener follows, too, after the table
   */
  Follower(Consumer<MeshPathEvent> listener) {
    dispatcher =
        new Dispatcher(
            new Dispatcher.Route(
                MeshPathRecord.COLLECTOR,
                MeshPathRecord.BYTES,
                (data, record) -> {
                  MeshPathEvent event = MeshPathRecord.decode(data, record);
                  table.apply(event);
                  listener.accept(event);
                }));
  }

  /** Takes the records. */
  Dispatcher dispatcher() {
    return dispatcher;
  }

  /** What they made. */
  MeshPathTable table() {
    return table;
  }
}
