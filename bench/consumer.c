// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The measure of the ring benchmark: libbpf's own way to drain a ring, with a
 * callback that reads as much of a record as Java's does (FieldSum.java).
 */
#include <stdlib.h>
#include <string.h>
#include <bpf/libbpf.h>
#include "mesh_path.h"

struct consumer {
	struct ring_buffer *ring;
	__u64 sum;
};

static int take(void *context, void *data, size_t size __attribute__((unused)))
{
	struct consumer *consumer = context;
	struct mesh_path_event *event = data;
	__u64 destination;

	memcpy(&destination, &event->destination, sizeof(destination));
	consumer->sum += destination + event->device.netns + event->change + event->after.airtime_metric;
	return 0;
}

/* A consumer of the ring with this file descriptor, or NULL. */
struct consumer *consumer_new(int map_fd)
{
	struct consumer *consumer = calloc(1, sizeof(*consumer));

	if (!consumer)
		return NULL;
	consumer->ring = ring_buffer__new(map_fd, take, consumer, NULL);
	if (!consumer->ring) {
		free(consumer);
		return NULL;
	}
	return consumer;
}

/* Reads all that is in the ring; returns how many records, or -errno. */
int consumer_drain(struct consumer *consumer)
{
	return ring_buffer__consume(consumer->ring);
}

/* The sum over the fields of all records since the former call. */
__u64 consumer_take_sum(struct consumer *consumer)
{
	__u64 sum = consumer->sum;

	consumer->sum = 0;
	return sum;
}

void consumer_free(struct consumer *consumer)
{
	ring_buffer__free(consumer->ring);
	free(consumer);
}
