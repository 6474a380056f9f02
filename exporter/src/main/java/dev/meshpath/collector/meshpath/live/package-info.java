/**
 * The last events of the path table and its rows as JSON, for who looks at this node now: {@link
 * dev.meshpath.collector.meshpath.live.LiveEvents} keeps, the others write. Nothing is written
 * before somebody asks, and then on their thread. May use {@code collector.meshpath}, {@code
 * collector.meshpath.trace} for the names of members, {@code json}, {@code record} and {@code net}.
 */
@NullMarked
package dev.meshpath.collector.meshpath.live;

import org.jspecify.annotations.NullMarked;
