/** What an event, a start and a scrape cost; {@code make bench} runs it. */
@NullMarked
package dev.meshpath.bench;

import org.jspecify.annotations.NullMarked;
