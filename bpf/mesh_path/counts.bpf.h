/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the kernel itself counts of the frames of a device. Read when user space
 * asks, in a walk through the devices: nothing runs for a frame.
 */
#ifndef MESHPATH_COUNTS_BPF_H
#define MESHPATH_COUNTS_BPF_H

#include "entry.bpf.h"

/* net/mac80211/mesh.h: MESH_MAX_MPATHS; twice, for what comes while we walk */
#define WALK_ENTRIES 2048

RECORD_TYPE(struct, mesh_frame_counts);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mesh_frame_counts_of_all);
} frame_counts SEC(".maps");

struct queue_walk {
	__u64 at; /* the list's next element */
	__u32 queued;
};

static __always_inline struct mesh_frame_counts_of_all *counts_of_all(void)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&frame_counts, &key);
}

static long add_queue(__u32 index, void *argument)
{
	struct queue_walk *walk = argument;
	struct hlist_node *node = (struct hlist_node *)walk->at;
	struct mesh_path *mpath = containing(walk->at, struct mesh_path, walk_list);

	if (!node)
		return 1;
	walk->at = (__u64)BPF_CORE_READ(node, next);
	walk->queued += BPF_CORE_READ(mpath, frame_queue.qlen);
	return 0;
}

static __noinline void count_device(struct ieee80211_sub_if_data *sdata)
{
	struct mesh_frame_counts_of_all *all = counts_of_all();
	struct mesh_frame_counts *counts;
	struct queue_walk walk = {};
	__u32 at;

	if (!all)
		return;
	at = all->devices;
	if (at >= FRAME_COUNTS_DEVICES)
		return;
	counts = &all->of[at];
	__builtin_memset(counts, 0, sizeof(*counts));
	read_device(&counts->device, sdata);
	counts->forwarded_unicast = BPF_CORE_READ(sdata, u.mesh.mshstats.fwded_unicast);
	counts->forwarded_multicast = BPF_CORE_READ(sdata, u.mesh.mshstats.fwded_mcast);
	counts->discarded_ttl = BPF_CORE_READ(sdata, u.mesh.mshstats.dropped_frames_ttl);
	counts->discarded_no_route = BPF_CORE_READ(sdata, u.mesh.mshstats.dropped_frames_no_route);
	walk.at = (__u64)BPF_CORE_READ(sdata, u.mesh.mesh_paths.walk_head.first);
	bpf_loop(WALK_ENTRIES, add_queue, &walk, 0);
	counts->queued = walk.queued;
	all->devices = at + 1;
}

#endif
