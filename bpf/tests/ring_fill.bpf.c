// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Fills a ring for the benchmarks: each run, by bpf_prog_test_run(), emits one
 * record as mesh_path does. All destinations are added in turn, then assigned,
 * reassigned and changed, then added again.
 */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include "emit.bpf.h"
#include "mesh_path.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

const volatile __u32 destinations = 30;

/* Records emitted or lost so far; one producer at a time. */
static __u64 runs;

static const __u8 kinds[] = {MESH_PATH_ADD, MESH_PATH_ASSIGN, MESH_PATH_REASSIGN, MESH_PATH_CHANGE};

static __always_inline void set_mac(struct mac_slot *slot, __u16 number)
{
	slot->octets[0] = 0x02; /* locally administered */
	slot->octets[4] = number >> 8;
	slot->octets[5] = number;
}

static __always_inline void set_state(struct mesh_path_state *state, __u64 next_hop)
{
	set_mac(&state->next_hop, next_hop);
	state->expiry_ns = bpf_ktime_get_ns() + 5000000000ULL;
	state->sn = next_hop;
	state->airtime_metric = 8193 + next_hop;
	state->flags = 0x15;
	state->hop_count = 2;
}

/* not xdp: each test run of such a program costs 20 ms more, to set up its dispatcher */
SEC("tc")
int ring_fill(struct __sk_buff *skb)
{
	struct mesh_path_event *event = record_reserve(RECORD_MESH_PATH, sizeof(*event));
	__u64 run = runs++;
	__u64 destination = run % destinations;
	__u64 round = run / destinations;

	if (!event)
		return 0;
	__builtin_memset((void *)event + sizeof(event->header), 0,
			 sizeof(*event) - sizeof(event->header));
	event->device.netns = 1;
	event->device.ifindex = 1;
	__builtin_memcpy(event->device.name, "mesh0", 5);
	set_mac(&event->device.own, 0xffff);
	set_mac(&event->destination, destination);
	event->mesh_path = 0xffff888000000000ULL + (destination << 8);
	event->change = kinds[round % 4];
	if (event->change == MESH_PATH_ADD) {
		event->states = MESH_PATH_HAS_AFTER;
	} else {
		event->states = MESH_PATH_HAS_BEFORE | MESH_PATH_HAS_AFTER;
		set_state(&event->before, round % 4);
		set_state(&event->after, round % 4 + 1);
	}
	record_submit(event);
	return 0;
}
