// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Programs that put mesh path records into a real ring by the same emit.bpf.h
 * as the collectors, for the tests of ring, dispatcher and ledger: user space
 * runs them by bpf_prog_test_run(), as often as it likes.
 */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include "emit.bpf.h"
#include "../mesh_path/mesh_path.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* What the first record carries; the second one more, and so on. */
const volatile __u32 first_serial;
const volatile __u64 first_mesh_path;

/* Whose system calls are counted. */
const volatile __u32 watched_pid;

/* One producer at a time. */
static __u32 runs;

/* Every field that can vary does so with @serial. */
static __always_inline struct mesh_path_event *filled(__u32 run)
{
	struct mesh_path_event *event = record_reserve(RECORD_MESH_PATH, sizeof(*event));
	__u32 serial = first_serial + run;

	if (!event)
		return NULL;
	__builtin_memset((void *)event + sizeof(event->header), 0,
			 sizeof(*event) - sizeof(event->header));
	event->device.netns = 4026531840;
	event->device.ifindex = 7;
	__builtin_memcpy(event->device.name, "mesh0", 5);
	event->device.own.octets[0] = 2;
	event->destination.octets[0] = 2;
	event->destination.octets[2] = serial >> 24;
	event->destination.octets[3] = serial >> 16;
	event->destination.octets[4] = serial >> 8;
	event->destination.octets[5] = serial;
	event->mesh_path = first_mesh_path + run;
	event->change = MESH_PATH_ASSIGN;
	event->states = MESH_PATH_HAS_BEFORE | MESH_PATH_HAS_AFTER;
	event->before.airtime_metric = ~0;
	event->after.next_hop.octets[0] = 2;
	event->after.next_hop.octets[5] = serial;
	event->after.expiry_ns = 1000ULL * serial;
	event->after.sn = serial;
	event->after.airtime_metric = 8193 + serial;
	event->after.flags = 0x15;
	event->after.hop_count = 1;
	return event;
}

SEC("xdp")
int emit(struct xdp_md *context)
{
	struct mesh_path_event *event = filled(runs++);

	if (event)
		record_submit(event);
	return XDP_PASS;
}

/* Of each three records, the third is thrown away. */
SEC("xdp")
int emit_and_discard(struct xdp_md *context)
{
	__u32 run = runs++;
	struct mesh_path_event *event = filled(run);

	if (!event)
		return XDP_PASS;
	if (run % 3 == 2)
		bpf_ringbuf_discard(event, 0);
	else
		record_submit(event);
	return XDP_PASS;
}

/* One full map and two missed exits a run. */
SEC("xdp")
int count_defects(struct xdp_md *context)
{
	count(LEDGER_MAP_FULL);
	count(LEDGER_HEALED);
	count(LEDGER_HEALED);
	return XDP_PASS;
}

/* Can be attached on any kernel, without fentry. */
SEC("raw_tp/sys_enter")
int count_system_calls(void *context)
{
	if (bpf_get_current_pid_tgid() >> 32 == watched_pid)
		count(LEDGER_HEALED);
	return 0;
}

/* For a run with one argument. */
SEC("raw_tp/emit_argument")
int emit_argument(struct bpf_raw_tracepoint_args *context)
{
	struct mesh_path_event *event = filled(runs++);

	if (!event)
		return 0;
	event->detail = context->args[0];
	record_submit(event);
	return 0;
}

/* Attached to what it does itself: the kernel skips it in itself, once a run. */
SEC("raw_tp/bpf_trace_printk")
int meet_itself(void *context)
{
	bpf_printk("meshpath");
	return 0;
}

/* A function of vmlinux that runs when the program itself is run for a test. */
SEC("?fentry/bpf_fentry_test1")
int count_calls(void *context)
{
	count(LEDGER_HEALED);
	return 0;
}
