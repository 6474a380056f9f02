/**
 * What a collector is. Each one lives in a package below and never imports a sibling. May use
 * nothing of the project.
 */
@NullMarked
package dev.meshpath.collector;

import org.jspecify.annotations.NullMarked;
