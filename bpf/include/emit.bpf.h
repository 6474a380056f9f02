/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The one way out: reserve in the ring, fill in place, submit. Every event is
 * counted when it is seen, and again as submitted or as lost for want of room.
 */
#ifndef MESHPATH_EMIT_BPF_H
#define MESHPATH_EMIT_BPF_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "record.h"

/* Makes clang describe a type in the object's BTF, where user space proves its own against it. */
#define RECORD_TYPE(kind, name) kind name *record_type_##name __attribute__((unused))

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024); /* user space sets the configured size */
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, LEDGER_ENTRIES);
	__type(key, __u32);
	__type(value, __u64);
} ledger SEC(".maps");

RECORD_TYPE(enum, ledger_entry);
RECORD_TYPE(enum, record_collector);

static __always_inline void count(enum ledger_entry entry)
{
	__u32 key = entry;
	__u64 *value = bpf_map_lookup_elem(&ledger, &key);

	if (value)
		/* not *value += 1: a program may be interrupted by another on its CPU */
		__sync_fetch_and_add(value, 1);
}

/* A record of @length bytes with its header filled in, or NULL (then counted). */
static __always_inline void *record_reserve(enum record_collector collector, __u32 length)
{
	struct record_header *header = bpf_ringbuf_reserve(&events, length, 0);

	count(LEDGER_SEEN);
	if (!header) {
		count(LEDGER_RING_FULL);
		return NULL;
	}
	header->abi_version = RECORD_ABI_VERSION;
	header->collector = collector;
	header->length = length;
	header->ktime_ns = bpf_ktime_get_ns();
	header->cpu = bpf_get_smp_processor_id();
	header->pad = 0;
	return header;
}

static __always_inline void record_submit(void *record)
{
	bpf_ringbuf_submit(record, 0);
	count(LEDGER_SUBMITTED);
}

#endif
