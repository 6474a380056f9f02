package dev.meshpath.bounded;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that forgets its oldest key for each new one beyond its limit. What is put again stays as
 * old as it was.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class YoungestMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int limit;

  /**
   * An empty map.
   *
   * @param limit of its keys, from 1 on
   */
  public YoungestMap(int limit) {
    this.limit = limit;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > limit;
  }
}
