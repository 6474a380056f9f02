/**
 * What the moves of a path amount to: how long things lasted, why the next hop changed, whether the
 * path flaps. Pure functions of what happened and when; no clock, no event, no series of their own,
 * so that they serve whoever has events. Uses only {@code net}.
 */
@NullMarked
package dev.meshpath.collector.meshpath.churn;

import org.jspecify.annotations.NullMarked;
