/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Path discovery, net/mac80211/mesh_hwmp.c: who needs a path queues a PREQ
 * (mesh_queue_preq), the interface's worker sends it later, mesh_path_timer()
 * repeats it or gives up. What asked is carried along by the path's address.
 */
#ifndef MESHPATH_DISCOVERY_BPF_H
#define MESHPATH_DISCOVERY_BPF_H

#include "table.bpf.h"

/* net/mac80211/mesh.h: flags of mesh_queue_preq() */
#define PREQ_Q_F_REFRESH 0x2

struct discovery {
	__u64 attempts;			/* PREQs sent */
	struct path_cause_record cause; /* what asked */
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 2048);
	__type(key, __u64); /* struct mesh_path * */
	__type(value, struct discovery);
} mesh_path_discovery SEC(".maps");

/*
 * Frames queue with START in mesh_nexthop_resolve() only, which is for local
 * ones. Refreshes come from mesh_path_refresh() (6.1: mesh_nexthop_lookup(), for
 * local frames only), where only the open frame tells a local one from a
 * forwarded one.
 */
static __always_inline enum path_cause asker(__u8 flags)
{
	if (!bottom_halves_off())
		return PATH_CAUSE_UNKNOWN;
	if (flags & PREQ_Q_F_REFRESH && !data_frames_watched)
		return PATH_CAUSE_DATA_UNWATCHED;
	return PATH_CAUSE_DATA_TX;
}

static __always_inline int on_mesh_queue_preq(__u64 mpath_pointer, __u64 flags, __u64 unused)
{
	struct mesh_path *mpath = (struct mesh_path *)mpath_pointer;
	struct ieee80211_sub_if_data *sdata = BPF_CORE_READ(mpath, sdata);
	struct discovery discovery = {};
	struct scope *scope;

	if (!is_watched(sdata))
		return 0;
	meet(mpath, sdata, is_blank(mpath));
	/* then the function does nothing */
	if (BPF_CORE_READ(mpath, flags) & MESH_PATH_REQ_QUEUED ||
	    BPF_CORE_READ(sdata, u.mesh.preq_queue_len) >= MESH_MAX_PREQ_QUEUE_LEN)
		return 0;
	take_cause(&discovery.cause, asker(flags));
	scope = innermost_scope();
	if (scope && scope->kind == SCOPE_PATH_TIMER) {
		emit_because(mpath, sdata, MESH_PATH_DISCOVERY_RETRIED, &discovery.cause);
		return 0;
	}
	if (bpf_map_update_elem(&mesh_path_discovery, &mpath_pointer, &discovery, BPF_ANY))
		count(LEDGER_MAP_FULL);
	emit_because(mpath, sdata, MESH_PATH_DISCOVERY_QUEUED, &discovery.cause);
	return 0;
}

/* A PREQ of ours goes out, for what was queued: is it the first one? */
static __noinline struct discovery *start_discovery(struct ieee80211_sub_if_data *sdata,
						    struct mesh_path *mpath)
{
	__u64 key = (__u64)mpath;
	struct discovery *discovery;

	if (!mpath)
		return NULL;
	discovery = bpf_map_lookup_elem(&mesh_path_discovery, &key);
	if (!discovery)
		return NULL;
	if (!discovery->attempts++)
		emit_because(mpath, sdata, MESH_PATH_DISCOVERY_STARTED, &discovery->cause);
	return discovery;
}

static __always_inline int on_mesh_path_timer(__u64 timer, __u64 unused, __u64 unused2)
{
	struct mesh_path *mpath = containing(timer, struct mesh_path, timer);
	struct scope *scope;

	if (!is_watched(BPF_CORE_READ(mpath, sdata)))
		return 0;
	scope = open_scope(SCOPE_PATH_TIMER, (__u64)BPF_CORE_READ(mpath, sdata));
	if (!scope)
		return 0;
	scope->cause.kind = PATH_CAUSE_TIMER;
	scope->subject = (__u64)mpath;
	scope->exp_time = BPF_CORE_READ(mpath, exp_time);
	read_state(&scope->before, mpath);
	return 0;
}

static __always_inline int after_mesh_path_timer(__u64 result)
{
	struct scope *scope = closing_scope(SCOPE_PATH_TIMER);
	struct mesh_path *mpath;
	unsigned long exp_time;
	_Bool gave_up;
	__u64 key;

	if (!scope)
		return 0;
	mpath = (struct mesh_path *)scope->subject;
	key = scope->subject;
	if (scope->before.flags & MESH_PATH_RESOLVING &&
	    !(BPF_CORE_READ(mpath, flags) & MESH_PATH_RESOLVING)) {
		/* it gives up by storing "now"; an answer on another CPU stores what is to come */
		exp_time = BPF_CORE_READ(mpath, exp_time);
		gave_up = !(scope->before.flags & MESH_PATH_RESOLVED) &&
			  exp_time != scope->exp_time && (__s64)(exp_time - bpf_jiffies64()) <= 0;
		emit(mpath, gave_up ? MESH_PATH_DISCOVERY_FAILED : MESH_PATH_DISCOVERY_ENDED,
		     &scope->before, 1, PATH_CAUSE_TIMER);
		bpf_map_delete_elem(&mesh_path_discovery, &key);
	}
	close_scope(SCOPE_PATH_TIMER);
	return 0;
}

#endif
