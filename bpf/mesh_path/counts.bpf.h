/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the kernel itself counts of the frames of a device. Read when user space
 * asks, in a walk through the devices: nothing runs for a frame that goes its way.
 *
 * Of those that it discards the kernel has one count, dropped_frames_no_route.
 * The frames that waited for a path, net/mac80211/mesh_pathtbl.c, are told apart:
 *
 *   mesh_path_flush_pending   entry  no path was found, or it was deleted
 *   mesh_path_discard_frame   entry  one too many waits (mesh_nexthop_resolve)
 */
#ifndef MESHPATH_COUNTS_BPF_H
#define MESHPATH_COUNTS_BPF_H

#include "entry.bpf.h"

/* net/mac80211/mesh.h: MESH_MAX_MPATHS; twice, for what comes while we walk */
#define WALK_ENTRIES 2048

/* net/mac80211/mesh.h: frames that wait for one path */
#define MESH_FRAME_QUEUE_LEN 10
/* IEEE 802.11-2020 9.3.2.1: the mesh destination, in a header of three or four addresses */
#define ADDRESS_3 16

RECORD_TYPE(struct, mesh_frame_counts);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mesh_frame_counts_of_all);
} frame_counts SEC(".maps");

struct discards_key {
	__u32 netns; /* inode number */
	__u32 ifindex;
};

/* Of the frames that waited for a path, since the programs are there. */
struct discards {
	__u32 unresolved;
	__u32 queue_full;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 512);
	__type(key, struct discards_key);
	__type(value, struct discards);
} mesh_path_discards SEC(".maps");

static const struct discards no_discards = {};

struct queue_walk {
	__u64 at; /* the list's next element */
	__u32 queued;
};

static __always_inline struct mesh_frame_counts_of_all *counts_of_all(void)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&frame_counts, &key);
}

static __always_inline struct discards *find_discards(struct discards_key *key,
						      struct ieee80211_sub_if_data *sdata)
{
	key->netns = BPF_CORE_READ(sdata, dev, nd_net.net, ns.inum);
	key->ifindex = BPF_CORE_READ(sdata, dev, ifindex);
	return bpf_map_lookup_elem(&mesh_path_discards, key);
}

static __noinline struct discards *discards_of(struct ieee80211_sub_if_data *sdata)
{
	struct discards_key key;
	struct discards *discards = find_discards(&key, sdata);

	if (discards)
		return discards;
	/* another CPU may be first, and then it is its */
	bpf_map_update_elem(&mesh_path_discards, &key, &no_discards, BPF_NOEXIST);
	discards = bpf_map_lookup_elem(&mesh_path_discards, &key);
	if (!discards)
		count(LEDGER_MAP_FULL);
	return discards;
}

static __always_inline int on_mesh_path_flush_pending(__u64 mpath_pointer, __u64 unused,
						      __u64 unused2)
{
	struct mesh_path *mpath = (struct mesh_path *)mpath_pointer;
	struct ieee80211_sub_if_data *sdata = BPF_CORE_READ(mpath, sdata);
	__u32 waiting = BPF_CORE_READ(mpath, frame_queue.qlen);
	struct discards *discards;

	if (!waiting || !is_watched(sdata))
		return 0;
	discards = discards_of(sdata);
	if (discards)
		__sync_fetch_and_add(&discards->unresolved, waiting);
	return 0;
}

/*
 * It is called in three places. mesh_nexthop_resolve() has put a frame into a queue
 * that was full, so that it still is; or it found no room in the table, so that
 * there is no path. mesh_path_flush_pending() has taken the frame out of the queue.
 */
static __always_inline int on_mesh_path_discard_frame(__u64 sdata_pointer, __u64 skb_pointer,
						      __u64 unused)
{
	struct ieee80211_sub_if_data *sdata = (struct ieee80211_sub_if_data *)sdata_pointer;
	struct sk_buff *skb = (struct sk_buff *)skb_pointer;
	unsigned char *header = BPF_CORE_READ(skb, data);
	__u8 destination[ETH_ALEN];
	struct discards *discards;
	struct mesh_path *mpath;

	if (!is_watched(sdata))
		return 0;
	bpf_probe_read_kernel(destination, sizeof(destination), header + ADDRESS_3);
	mpath = find_entry(sdata_pointer, destination, 0);
	if (!mpath || BPF_CORE_READ(mpath, frame_queue.qlen) < MESH_FRAME_QUEUE_LEN)
		return 0;
	discards = discards_of(sdata);
	if (discards)
		__sync_fetch_and_add(&discards->queue_full, 1);
	return 0;
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
	struct discards *discards;
	struct discards_key key;
	__u32 at;

	if (!all)
		return;
	at = all->devices;
	if (at >= FRAME_COUNTS_DEVICES)
		return;
	counts = &all->of[at];
	__builtin_memset(counts, 0, sizeof(*counts));
	read_device(&counts->device, sdata);
	/* before the kernel's, which are then no less */
	discards = find_discards(&key, sdata);
	if (discards) {
		counts->discarded_unresolved = discards->unresolved;
		counts->discarded_queue_full = discards->queue_full;
	}
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
