// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Every change of the mesh path table, net/mac80211/mesh_pathtbl.c. The kernel
 * has no tracepoint for it; next hops, creations and deletions each have one
 * function that all callers pass:
 *
 *   mesh_path_add              exit   created, or refused
 *   mesh_path_assign_nexthop   entry  the state before a next hop is written
 *   mesh_path_tx_pending       entry  the state after it (hwmp_route_info_get)
 *   mesh_path_fix_nexthop      exit   the same, where tx_pending is inlined
 *   mesh_path_free_rcu         entry  deleted, all fields still there
 *
 * The programs are at the foot of the file, shims over the handlers: the
 * handlers take plain pointers and read by bpf_core_read(), so that they serve
 * any kind of attachment.
 */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include "kernel_types.h"
#include "context.bpf.h"
#include "emit.bpf.h"
#include "mesh_path.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

RECORD_TYPE(struct, mesh_path_event);
RECORD_TYPE(enum, mesh_path_change);

/* Only devices of this network namespace (its inode number); 0: all. */
const volatile __u32 watched_netns;
/* Length of a jiffy: CONFIG_HZ is not in BTF, user space asks clock_getres(2). */
const volatile __u64 jiffy_ns = 4000000;

/* The entries that are known to exist: mesh_path_add() returns existing ones, too. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, __u64);  /* struct mesh_path * */
	__type(value, __u8); /* unused */
} mesh_path_known SEC(".maps");

/* A next hop that is being written, between its entry and its exit hook. */
struct next_hop_update {
	__u64 mesh_path;
	__u64 sdata;
	struct mac_slot destination;
	__u64 change; /* enum mesh_path_change */
	struct mesh_path_state before;
};

/*
 * One a context: next hops are written under state_lock with bottom halves off,
 * and a frame that moves two paths closes the first before it opens the second.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64); /* context_key() */
	__type(value, struct next_hop_update);
} mesh_path_open SEC(".maps");

static __always_inline _Bool is_watched(struct ieee80211_sub_if_data *sdata)
{
	return !watched_netns || BPF_CORE_READ(sdata, dev, nd_net.net, ns.inum) == watched_netns;
}

static __always_inline void read_state(struct mesh_path_state *state, struct mesh_path *mpath)
{
	struct sta_info *next_hop = BPF_CORE_READ(mpath, next_hop);
	unsigned long exp_time = BPF_CORE_READ(mpath, exp_time);

	__builtin_memset(state, 0, sizeof(*state));
	if (next_hop)
		BPF_CORE_READ_INTO(&state->next_hop.octets, next_hop, addr);
	/* mesh_path_fix_nexthop() stores 0: such a path does not expire */
	if (exp_time)
		state->expiry_ns = bpf_ktime_get_ns() + (exp_time - bpf_jiffies64()) * jiffy_ns;
	state->sn = BPF_CORE_READ(mpath, sn);
	state->airtime_metric = BPF_CORE_READ(mpath, metric);
	state->flags = BPF_CORE_READ(mpath, flags);
	state->hop_count = BPF_CORE_READ(mpath, hop_count);
}

static __always_inline struct mesh_path_event *reserve(struct ieee80211_sub_if_data *sdata,
						       enum mesh_path_change change)
{
	struct mesh_path_event *event = record_reserve(RECORD_MESH_PATH, sizeof(*event));
	struct net_device *dev;

	if (!event)
		return NULL;
	/* a reserved record holds what the ring held before */
	__builtin_memset((void *)event + sizeof(event->header), 0,
			 sizeof(*event) - sizeof(event->header));
	dev = BPF_CORE_READ(sdata, dev);
	event->netns = BPF_CORE_READ(dev, nd_net.net, ns.inum);
	event->ifindex = BPF_CORE_READ(dev, ifindex);
	BPF_CORE_READ_INTO(&event->device, dev, name);
	BPF_CORE_READ_INTO(&event->own.octets, sdata, vif.addr);
	event->change = change;
	return event;
}

static __always_inline void emit_add(struct mesh_path *mpath, struct ieee80211_sub_if_data *sdata)
{
	struct mesh_path_event *event = reserve(sdata, MESH_PATH_ADD);

	if (!event)
		return;
	event->mesh_path = (__u64)mpath;
	BPF_CORE_READ_INTO(&event->destination.octets, mpath, dst);
	read_state(&event->after, mpath);
	event->states = MESH_PATH_HAS_AFTER;
	record_submit(event);
}

/* A new entry carries nothing yet: mesh_path_new() clears it. */
static __always_inline _Bool is_blank(struct mesh_path *mpath)
{
	return !BPF_CORE_READ(mpath, flags) && !BPF_CORE_READ(mpath, next_hop) &&
	       !BPF_CORE_READ(mpath, sn);
}

/*
 * An entry was met: was it created just now? Where mesh_path_add() runs with
 * preemption on (kworker, netlink), a preemptible kernel can skip its exit
 * program (recursion_misses); the hook that meets the blank entry next then
 * makes up for it. These are entered with bottom halves off and miss nothing.
 */
static __always_inline void meet(struct mesh_path *mpath, struct ieee80211_sub_if_data *sdata,
				 _Bool blank)
{
	__u64 key = (__u64)mpath;
	__u8 value = 1;

	if (bpf_map_lookup_elem(&mesh_path_known, &key))
		return;
	if (bpf_map_update_elem(&mesh_path_known, &key, &value, BPF_ANY))
		count(LEDGER_MAP_FULL);
	if (blank)
		emit_add(mpath, sdata);
}

static __always_inline int handle_add(struct ieee80211_sub_if_data *sdata, const __u8 *destination,
				      __u64 result)
{
	struct mesh_path_event *event;

	if (!is_watched(sdata))
		return 0;
	if (!is_error_pointer(result)) {
		meet((struct mesh_path *)result, sdata, is_blank((struct mesh_path *)result));
		return 0;
	}
	event = reserve(sdata, MESH_PATH_ADD_FAILED);
	if (!event)
		return 0;
	bpf_core_read(&event->destination.octets, ETH_ALEN, destination);
	event->error = (__s32)result;
	record_submit(event);
	return 0;
}

static __always_inline void emit_next_hop(struct next_hop_update *update)
{
	struct mesh_path_event *event =
		reserve((struct ieee80211_sub_if_data *)update->sdata, update->change);

	if (!event)
		return;
	event->mesh_path = update->mesh_path;
	event->destination = update->destination;
	event->before = update->before;
	event->states = MESH_PATH_HAS_BEFORE;
	/* one that is healed late may be gone: its memory then tells nothing */
	if (bpf_map_lookup_elem(&mesh_path_known, &update->mesh_path)) {
		read_state(&event->after, (struct mesh_path *)update->mesh_path);
		event->states |= MESH_PATH_HAS_AFTER;
	}
	record_submit(event);
}

/* Closes what is open in this context; where @mpath is given, only if it is that path. */
static __always_inline _Bool close_next_hop(struct mesh_path *mpath)
{
	__u64 key = context_key();
	struct next_hop_update *update = bpf_map_lookup_elem(&mesh_path_open, &key);

	if (!update || (mpath && update->mesh_path != (__u64)mpath))
		return 0;
	emit_next_hop(update);
	bpf_map_delete_elem(&mesh_path_open, &key);
	return 1;
}

/* The outer function returns or goes on: its inner exit should have closed the update. */
static __always_inline void heal_next_hop(void)
{
	if (close_next_hop(NULL))
		count(LEDGER_HEALED);
}

static __always_inline int handle_assign(struct mesh_path *mpath, struct sta_info *next_hop)
{
	struct ieee80211_sub_if_data *sdata = BPF_CORE_READ(mpath, sdata);
	struct sta_info *former = BPF_CORE_READ(mpath, next_hop);
	struct next_hop_update update = {};
	__u64 key = context_key();

	if (!is_watched(sdata))
		return 0;
	heal_next_hop();
	meet(mpath, sdata, is_blank(mpath));
	update.mesh_path = (__u64)mpath;
	update.sdata = (__u64)sdata;
	BPF_CORE_READ_INTO(&update.destination.octets, mpath, dst);
	update.change = !former		     ? MESH_PATH_ASSIGN
			: former == next_hop ? MESH_PATH_REASSIGN
					     : MESH_PATH_CHANGE;
	read_state(&update.before, mpath);
	if (bpf_map_update_elem(&mesh_path_open, &key, &update, BPF_ANY)) {
		/* no room to wait for the exit: out with it, "after" then is still the state before
		 */
		count(LEDGER_MAP_FULL);
		emit_next_hop(&update);
	}
	return 0;
}

static __always_inline int handle_free(__u64 table, struct mesh_path *mpath)
{
	struct ieee80211_sub_if_data *sdata = BPF_CORE_READ(mpath, sdata);
	__u64 key = (__u64)mpath;
	struct mesh_path_event *event;

	if (!is_watched(sdata))
		return 0;
	/* the proxy table's entries are freed here, too */
	if (table - (__u64)sdata == bpf_core_field_offset(sdata->u.mesh.mpp_paths))
		return 0;
	if (bpf_map_delete_elem(&mesh_path_known, &key) && is_blank(mpath))
		emit_add(mpath, sdata);
	event = reserve(sdata, MESH_PATH_DELETE);
	if (!event)
		return 0;
	event->mesh_path = key;
	BPF_CORE_READ_INTO(&event->destination.octets, mpath, dst);
	read_state(&event->before, mpath);
	event->states = MESH_PATH_HAS_BEFORE;
	record_submit(event);
	return 0;
}

SEC("fexit/mesh_path_add")
int BPF_PROG(mesh_path_add_exit, struct ieee80211_sub_if_data *sdata, const __u8 *destination)
{
	__u64 result = 0;

	bpf_get_func_ret(ctx, &result);
	return handle_add(sdata, destination, result);
}

SEC("fentry/mesh_path_assign_nexthop")
int BPF_PROG(mesh_path_assign_nexthop_entry, struct mesh_path *mpath, struct sta_info *next_hop)
{
	return handle_assign(mpath, next_hop);
}

SEC("fentry/mesh_path_tx_pending")
int BPF_PROG(mesh_path_tx_pending_entry, struct mesh_path *mpath)
{
	close_next_hop(mpath);
	return 0;
}

SEC("fexit/mesh_path_fix_nexthop")
int BPF_PROG(mesh_path_fix_nexthop_exit, struct mesh_path *mpath)
{
	close_next_hop(mpath);
	return 0;
}

SEC("fexit/hwmp_route_info_get")
int BPF_PROG(hwmp_route_info_get_exit)
{
	heal_next_hop();
	return 0;
}

SEC("fentry/mesh_path_free_rcu")
int BPF_PROG(mesh_path_free_rcu_entry, void *table_pointer, struct mesh_path *mpath)
{
	__u64 table = 0;

	/* the typed pointers must not be subtracted, the raw argument may */
	bpf_get_func_arg(ctx, 0, &table);
	return handle_free(table, mpath);
}
