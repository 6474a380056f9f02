package dev.meshpath.collector.meshpath;

import org.jspecify.annotations.Nullable;

/** Names the trace of each event, where there are traces. Wants all of them, in their order. */
public interface EventTrace {
  /** The trace of an event, 32 hexadecimal digits; null: not known yet. */
  @Nullable String of(MeshPathEvent event);

  /** A frame, which may be what the trace of a later event goes by. */
  void onFrame(MeshFrame frame);
}
