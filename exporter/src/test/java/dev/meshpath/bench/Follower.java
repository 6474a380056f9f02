package dev.meshpath.bench;

import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.collector.meshpath.MeshPathTable;
import dev.meshpath.record.Dispatcher;

/** The whole way of a record as the exporter goes it: check, decode, table. */
final class Follower {
  private static final int DESTINATION_LIMIT = 256;
  private static final long RETENTION_NS = 300_000_000_000L;

  private final MeshPathTable table = new MeshPathTable(DESTINATION_LIMIT, RETENTION_NS);
  private final Dispatcher dispatcher =
      new Dispatcher(
          new Dispatcher.Route(
              MeshPathRecord.COLLECTOR,
              MeshPathRecord.BYTES,
              (data, record) -> table.apply(MeshPathRecord.decode(data, record))));

  /** Takes the records. */
  Dispatcher dispatcher() {
    return dispatcher;
  }

  /** What they made. */
  MeshPathTable table() {
    return table;
  }
}
