package dev.meshpath.collector.meshpath;

/**
 * Who follows what happens to the mesh paths. Called on whichever thread drains the ring, one call
 * at a time, with the ring's lock held: what takes long, or waits, has no place here.
 */
public interface MeshPathListener {
  /** A change of a table, after {@link MeshPathTable} has taken it. */
  void onEvent(MeshPathEvent event);

  /** A frame; a received one comes after the events that it caused. */
  void onFrame(MeshFrame frame);
}
