/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A walk through all tables, run by user space (BPF_PROG_TEST_RUN): what exists
 * at the start, and what is there after a loss. A dump by nl80211 would clear
 * flags of expired paths on its way; this changes nothing.
 *
 * The program runs inside an RCU read section with preemption off, so no entry
 * that it meets is freed under it, though any may be unlinked.
 */
#ifndef MESHPATH_WALK_BPF_H
#define MESHPATH_WALK_BPF_H

#include "counts.bpf.h"
#include "peer.bpf.h"

#define WALK_DEVICES 8192
#define WALK_NETS    4096

/* include/linux/poison.h: what hlist_del_rcu() leaves in pprev */
#define LIST_POISON2_LOW 0x122

extern const void net_namespace_list __ksym __weak;

struct walk {
	__u32 number;
	__u32 sent;
	__u64 at; /* the list's next element */
	__u64 end;
	struct ieee80211_sub_if_data *sdata;
	_Bool counting; /* only what the kernel counts of the devices */
};

static __noinline void send(struct walk *walk, struct ieee80211_sub_if_data *sdata,
			    enum mesh_path_change change, struct mesh_path *mpath)
{
	struct mesh_path_event *event = reserve(sdata, change);

	walk->sent++;
	if (!event)
		return;
	event->detail = walk->number;
	event->mesh_path = (__u64)mpath;
	BPF_CORE_READ_INTO(&event->destination.octets, mpath, dst);
	if (change == MESH_PATH_WALK_PROXY)
		read_proxy_state(&event->after, mpath);
	else
		read_state(&event->after, mpath);
	event->states = MESH_PATH_HAS_AFTER;
	record_submit(event);
}

static __always_inline __u64 first_of(__u64 head)
{
	struct list_head *list = (struct list_head *)head;

	return (__u64)BPF_CORE_READ(list, next);
}

/* Unlinked before mesh_path_free_rcu() was entered, whose hook then has forgotten it: so must we.
 */
static __always_inline _Bool is_unlinked(struct mesh_path *mpath)
{
	return ((__u64)BPF_CORE_READ(mpath, walk_list.pprev) & 0xffff) == LIST_POISON2_LOW;
}

static __always_inline long walk_entry(struct walk *walk, _Bool proxy)
{
	struct mesh_path *mpath = containing(walk->at, struct mesh_path, walk_list);
	struct hlist_node *node = (struct hlist_node *)walk->at;

	if (!node)
		return 1;
	walk->at = (__u64)BPF_CORE_READ(node, next);
	remember(mpath, walk->sdata, proxy);
	if (is_unlinked(mpath))
		forget(mpath, walk->sdata, proxy);
	else
		send(walk, walk->sdata, proxy ? MESH_PATH_WALK_PROXY : MESH_PATH_WALK_PATH, mpath);
	return 0;
}

static long walk_path(__u32 index, void *walk)
{
	return walk_entry(walk, 0);
}

static long walk_proxy(__u32 index, void *walk)
{
	return walk_entry(walk, 1);
}

static __noinline void send_peer(struct walk *walk, const __u8 *address, __u64 sta)
{
	struct mesh_path_event *event = reserve(walk->sdata, MESH_PATH_WALK_PEER);

	walk->sent++;
	if (!event)
		return;
	__builtin_memcpy(event->destination.octets, address, ETH_ALEN);
	event->detail = walk->number;
	event->before.flags = state_of(sta);
	event->states = MESH_PATH_HAS_BEFORE;
	record_submit(event);
}

/* All stations of the phy; those of its other devices are no peers of this one. */
static long walk_peer(__u32 index, void *argument)
{
	struct walk *walk = argument;
	struct list_head *link = (struct list_head *)walk->at;
	struct sta_info *sta = containing(walk->at, struct sta_info, list);
	__u8 address[ETH_ALEN];

	if (walk->at == walk->end || !walk->at)
		return 1;
	walk->at = (__u64)BPF_CORE_READ(link, next);
	if (BPF_CORE_READ(sta, sdata) != walk->sdata)
		return 0;
	BPF_CORE_READ_INTO(&address, sta, addr);
	if (!find_peer((__u64)walk->sdata, address))
		learn_peer((__u64)walk->sdata, address, (__u64)sta);
	send_peer(walk, address, (__u64)sta);
	return 0;
}

static __always_inline void walk_device(struct walk *walk, struct net_device *dev)
{
	struct wireless_dev *wdev = BPF_CORE_READ(dev, ieee80211_ptr);
	struct ieee80211_sub_if_data *sdata;
	struct walk inner = {};

	if (!wdev || BPF_CORE_READ(wdev, iftype) != NL80211_IFTYPE_MESH_POINT)
		return;
	sdata = containing(wdev, struct ieee80211_sub_if_data, wdev);
	/* a driver without mac80211 has something else around its wireless_dev */
	if (BPF_CORE_READ(sdata, dev) != dev)
		return;
	if (walk->counting) {
		count_device(sdata);
		return;
	}
	inner.number = walk->number;
	inner.sdata = sdata;
	inner.at = (__u64)BPF_CORE_READ(sdata, u.mesh.mesh_paths.walk_head.first);
	bpf_loop(WALK_ENTRIES, walk_path, &inner, 0);
	inner.at = (__u64)BPF_CORE_READ(sdata, u.mesh.mpp_paths.walk_head.first);
	bpf_loop(WALK_ENTRIES, walk_proxy, &inner, 0);
	inner.end = (__u64)BPF_CORE_READ(sdata, local) +
		    bpf_core_field_offset(struct ieee80211_local, sta_list);
	inner.at = first_of(inner.end);
	bpf_loop(WALK_ENTRIES, walk_peer, &inner, 0);
	walk->sent += inner.sent;
}

static long walk_next_device(__u32 index, void *argument)
{
	struct walk *walk = argument;
	struct list_head *link = (struct list_head *)walk->at;

	if (walk->at == walk->end || !walk->at)
		return 1;
	walk->at = (__u64)BPF_CORE_READ(link, next);
	walk_device(walk, containing(link, struct net_device, dev_list));
	return 0;
}

static __always_inline void walk_net(struct walk *walk, struct net *net)
{
	struct walk inner = {.number = walk->number, .counting = walk->counting};

	inner.end = (__u64)net + bpf_core_field_offset(struct net, dev_base_head);
	inner.at = first_of(inner.end);
	bpf_loop(WALK_DEVICES, walk_next_device, &inner, 0);
	walk->sent += inner.sent;
}

static long walk_next_net(__u32 index, void *argument)
{
	struct walk *walk = argument;
	struct list_head *link = (struct list_head *)walk->at;

	if (walk->at == walk->end || !walk->at)
		return 1;
	walk->at = (__u64)BPF_CORE_READ(link, next);
	walk_net(walk, containing(link, struct net, list));
	return 0;
}

static __noinline void send_mark(enum mesh_path_change change, struct walk *walk)
{
	struct mesh_path_event *event = record_reserve(RECORD_MESH_PATH, sizeof(*event));

	if (!event)
		return;
	__builtin_memset((void *)event + sizeof(event->header), 0,
			 sizeof(*event) - sizeof(event->header));
	event->change = change;
	event->detail = walk->number;
	event->error = walk->sent;
	record_submit(event);
}

/* The caller's namespace, or all of them where all are watched. */
static __always_inline void walk_watched(struct walk *walk)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();

	if (watched_netns) {
		walk_net(walk, BPF_CORE_READ(task, nsproxy, net_ns));
	} else if (&net_namespace_list) {
		walk->end = (__u64)&net_namespace_list;
		walk->at = first_of(walk->end);
		bpf_loop(WALK_NETS, walk_next_net, walk, 0);
	}
}

/* Run with one argument, the walk's number. */
SEC("?raw_tp/mesh_path_walk")
int mesh_path_walk(struct bpf_raw_tracepoint_args *ctx)
{
	struct walk walk = {.number = ctx->args[0]};

	send_mark(MESH_PATH_WALK_BEGIN, &walk);
	walk_watched(&walk);
	send_mark(MESH_PATH_WALK_END, &walk);
	tables_walked = 1;
	return 0;
}

/* Fills frame_counts; one caller at a time. */
SEC("?raw_tp/mesh_path_counts")
int mesh_path_counts(struct bpf_raw_tracepoint_args *ctx)
{
	struct mesh_frame_counts_of_all *all = counts_of_all();
	struct walk walk = {.counting = 1};

	if (!all)
		return 0;
	all->devices = 0;
	walk_watched(&walk);
	return 0;
}

#endif
