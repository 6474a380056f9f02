/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The path table itself, net/mac80211/mesh_pathtbl.c. Next hops, creations and
 * deletions each have one function that all callers pass:
 *
 *   mesh_path_add              entry  about to be created
 *                              exit   created, or refused
 *   mesh_path_assign_nexthop   entry  the state before a next hop is written
 *   mesh_path_tx_pending       entry  the state after it (hwmp_route_info_get)
 *   mesh_path_fix_nexthop      exit   the same, where tx_pending is inlined
 *   mesh_path_error_tx         entry  deactivated, by mesh_plink_broken
 *   mesh_path_free_rcu         entry  deleted, all fields still there
 */
#ifndef MESHPATH_TABLE_BPF_H
#define MESHPATH_TABLE_BPF_H

#include "entry.bpf.h"

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

/*
 * A call of mesh_path_add() that is under way. It inserts the entry before it
 * returns: another context can find the entry in between, and use it.
 */
struct creation {
	__u64 context; /* context_key() */
	__u64 since_ns;
	struct path_cause_record cause;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, struct destination_key);
	__type(value, struct creation);
} mesh_path_creations SEC(".maps");

static const struct creation new_creation = {};

/* Entries are created for frames being sent with bottom halves off, else with them on. */
static __always_inline enum path_cause creator(void)
{
	return bottom_halves_off() ? PATH_CAUSE_DATA_TX : PATH_CAUSE_UNKNOWN;
}

static __always_inline void creation_key(struct destination_key *key, __u64 sdata,
					 __u64 destination)
{
	__builtin_memset(key, 0, sizeof(*key));
	key->sdata = sdata;
	bpf_probe_read_kernel(&key->destination.octets, ETH_ALEN, (void *)destination);
}

static __always_inline int on_mesh_path_add(__u64 sdata, __u64 destination, __u64 unused)
{
	struct destination_key key;
	struct creation *creation;

	if (!is_watched((struct ieee80211_sub_if_data *)sdata))
		return 0;
	creation_key(&key, sdata, destination);
	if (bpf_map_update_elem(&mesh_path_creations, &key, &new_creation, BPF_ANY)) {
		count(LEDGER_MAP_FULL);
		return 0;
	}
	creation = bpf_map_lookup_elem(&mesh_path_creations, &key);
	if (!creation)
		return 0;
	creation->context = context_key();
	creation->since_ns = bpf_ktime_get_ns();
	take_cause(&creation->cause, creator());
	return 0;
}

/* An entry was found that nobody has told of: it was created by the call that is under way. */
static __noinline void emit_creation(struct mesh_path *mpath, struct ieee80211_sub_if_data *sdata)
{
	struct destination_key key;
	struct creation *creation;

	destination_of(&key, mpath, sdata, 0);
	creation = bpf_map_lookup_elem(&mesh_path_creations, &key);
	if (creation && bpf_ktime_get_ns() - creation->since_ns < SCOPE_LIFE_NS)
		emit_because(mpath, sdata, MESH_PATH_ADD, &creation->cause);
	else
		emit(mpath, MESH_PATH_ADD, NULL, 1, creator());
}

/*
 * An entry was met: was it created just now? Another context may find it before
 * mesh_path_add() has returned. And where that runs with preemption on (kworker,
 * netlink), a preemptible kernel can skip its exit program (recursion_misses);
 * the hook that meets the blank entry next then makes up for it. These are
 * entered with bottom halves off and miss nothing.
 */
static __noinline void meet(struct mesh_path *mpath, struct ieee80211_sub_if_data *sdata,
			    _Bool blank)
{
	if (remember(mpath, sdata, 0) && blank && tables_walked)
		emit_creation(mpath, sdata);
}

/* The call is over, unless another one of the same destination has taken its place. */
static __always_inline void end_creation(__u64 sdata, __u64 destination)
{
	struct destination_key key;
	struct creation *creation;

	creation_key(&key, sdata, destination);
	creation = bpf_map_lookup_elem(&mesh_path_creations, &key);
	if (creation && creation->context == context_key())
		bpf_map_delete_elem(&mesh_path_creations, &key);
}

static __always_inline int after_mesh_path_add(__u64 sdata_pointer, __u64 destination, __u64 unused,
					       __u64 result)
{
	struct ieee80211_sub_if_data *sdata = (struct ieee80211_sub_if_data *)sdata_pointer;
	struct mesh_path *mpath = (struct mesh_path *)result;
	struct mesh_path_event *event;

	if (!is_watched(sdata))
		return 0;
	end_creation(sdata_pointer, destination);
	if (!is_error_pointer(result)) {
		if (remember(mpath, sdata, 0) && is_blank(mpath))
			emit(mpath, MESH_PATH_ADD, NULL, 1, creator());
		return 0;
	}
	event = reserve(sdata, MESH_PATH_ADD_FAILED);
	if (!event)
		return 0;
	bpf_probe_read_kernel(&event->destination.octets, ETH_ALEN, (void *)destination);
	event->error = (__s32)result;
	take_cause(&event->cause, creator());
	record_submit(event);
	return 0;
}

/* --- next hops ------------------------------------------------------------------------------- */

static __always_inline void emit_next_hop(struct next_hop_update *update, _Bool fixed)
{
	struct ieee80211_sub_if_data *sdata = (struct ieee80211_sub_if_data *)update->sdata;
	struct mesh_path *mpath = (struct mesh_path *)update->mesh_path;
	/* one that is healed late may be gone: its memory then tells nothing */
	struct known_path *known = bpf_map_lookup_elem(&mesh_path_known, &update->mesh_path);
	struct mesh_path_event *event;
	struct mesh_path_state after;

	event = reserve(sdata, update->change);
	if (event) {
		event->mesh_path = update->mesh_path;
		event->destination = update->destination;
		event->before = update->before;
		event->states = MESH_PATH_HAS_BEFORE;
		if (known) {
			read_state(&event->after, mpath);
			event->states |= MESH_PATH_HAS_AFTER;
		}
		take_cause(&event->cause, PATH_CAUSE_UNKNOWN);
		record_submit(event);
	}
	if (!known)
		return;
	read_state(&after, mpath);
	if (fixed)
		emit(mpath, MESH_PATH_FIX, &update->before, 1, PATH_CAUSE_UNKNOWN);
	if (is_usable(&after)) {
		known->active = 1;
		if (!is_usable(&update->before))
			emit(mpath, MESH_PATH_ACTIVATE, &update->before, 1, PATH_CAUSE_UNKNOWN);
	}
}

/* Closes what is open in this context; where @mpath is given, only if it is that path. */
int close_next_hop(__u64 mpath, __u32 fixed)
{
	__u64 key = context_key();
	struct next_hop_update *update = bpf_map_lookup_elem(&mesh_path_open, &key);

	if (!update || (mpath && update->mesh_path != mpath))
		return 0;
	emit_next_hop(update, fixed);
	bpf_map_delete_elem(&mesh_path_open, &key);
	return 1;
}

/* The outer function returns or goes on: its inner exit should have closed the update. */
static __always_inline void heal_next_hop(void)
{
	if (close_next_hop(0, 0))
		count(LEDGER_HEALED);
}

static __always_inline int on_mesh_path_assign_nexthop(__u64 mpath_pointer, __u64 next_hop,
						       __u64 unused)
{
	struct mesh_path *mpath = (struct mesh_path *)mpath_pointer;
	struct ieee80211_sub_if_data *sdata = BPF_CORE_READ(mpath, sdata);
	__u64 former = (__u64)BPF_CORE_READ(mpath, next_hop);
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
		emit_next_hop(&update, 0);
	}
	return 0;
}

static __always_inline int on_mesh_path_tx_pending(__u64 mpath, __u64 unused, __u64 unused2)
{
	close_next_hop(mpath, 0);
	return 0;
}

static __always_inline int after_mesh_path_fix_nexthop(__u64 mpath, __u64 unused, __u64 unused2,
						       __u64 result)
{
	close_next_hop(mpath, 1);
	return 0;
}

/* --- deactivations and deletions ------------------------------------------------------------- */

/*
 * hwmp_perr_frame_process() hands an error frame on for each path that it made
 * unusable, unless forwarding is off. The exits that tell it else may be skipped.
 */
static __noinline void deactivate_by_perr(void)
{
	struct known_path *known;
	struct scope *scope;
	__u64 key;

	open_noted_frame();
	scope = innermost_scope();
	if (!scope || scope->kind != SCOPE_MGMT_FRAME || scope->cause.kind != PATH_CAUSE_PERR)
		return;
	key = scope->subject;
	known = bpf_map_lookup_elem(&mesh_path_known, &key);
	if (!known || !known->active)
		return;
	known->active = 0;
	scope->told |= TOLD_DEACTIVATION;
	scope->before.flags |= MESH_PATH_ACTIVE; /* it was read too late, if it was noted only */
	emit((struct mesh_path *)key, MESH_PATH_DEACTIVATE, &scope->before, 1, PATH_CAUSE_UNKNOWN);
}

/*
 * mesh_plink_broken() sends a PERR for each path that it deactivates, and gives
 * the path's own dst, which is its first member. No other caller does.
 */
static __always_inline int on_mesh_path_error_tx(__u64 sdata_pointer, __u64 ttl, __u64 target)
{
	struct ieee80211_sub_if_data *sdata = (struct ieee80211_sub_if_data *)sdata_pointer;
	struct known_path *known = bpf_map_lookup_elem(&mesh_path_known, &target);
	struct mesh_path *mpath = (struct mesh_path *)target;
	struct data_frame *frame = data_frame();
	struct mesh_path_event *event;

	if (!is_watched(sdata))
		return 0;
	if (!known) {
		deactivate_by_perr();
		return 0;
	}
	known->active = 0;
	event = reserve(sdata, MESH_PATH_DEACTIVATE);
	if (!event)
		return 0;
	event->mesh_path = target;
	event->destination = known->destination;
	event->states = MESH_PATH_HAS_BEFORE | MESH_PATH_HAS_AFTER;
	read_state(&event->after, mpath);
	event->before = event->after;
	event->before.flags |= MESH_PATH_ACTIVE;
	event->before.sn--;
	event->cause.kind = PATH_CAUSE_TX_FAILURE;
	event->cause.peer = event->after.next_hop;
	if (frame && frame->lost_skb && bottom_halves_off())
		take_frame(&event->cause, frame->lost_skb, FRAME_80211, data_frame_bytes);
	record_submit(event);
	return 0;
}

/*
 * Housekeeping deletes what has aged, and the paths over a peer that was silent for
 * too long. Where a Close frame does, and was not seen, the peer link says so: it is
 * held (mesh_plink.c:mesh_plink_fsm), not blocked (__mesh_plink_deactivate).
 */
static __noinline void tell_ageing_from_peer_loss(struct mesh_path_event *event,
						  struct mesh_path *mpath)
{
	if (event->cause.kind != PATH_CAUSE_TIMER || has_expired(mpath, AGEING_NS))
		return;
	event->cause.kind = PATH_CAUSE_PEER_LOSS;
	event->cause.peer_loss =
		BPF_CORE_READ(mpath, next_hop, mesh, plink_state) == NL80211_PLINK_HOLDING
			? PEER_LOSS_CLOSE
			: PEER_LOSS_INACTIVITY;
	event->cause.peer = event->before.next_hop;
}

/* Who deletes an entry where no scope is open, unless it is a command. */
static __always_inline enum path_cause deleter(struct ieee80211_sub_if_data *sdata,
					       const __u8 *destination, _Bool proxy)
{
	/* net/mac80211/tx.c:ieee80211_build_hdr: a proxy entry takes the path's place */
	if (!proxy && find_entry((__u64)sdata, destination, 1))
		return PATH_CAUSE_DATA_TX;
	return is_leaving(sdata) ? PATH_CAUSE_INTERFACE : PATH_CAUSE_TIMER;
}

static __always_inline int on_mesh_path_free_rcu(__u64 table, __u64 mpath_pointer, __u64 unused)
{
	struct mesh_path *mpath = (struct mesh_path *)mpath_pointer;
	struct ieee80211_sub_if_data *sdata = BPF_CORE_READ(mpath, sdata);
	_Bool proxy = table - (__u64)sdata ==
		      bpf_core_field_offset(struct ieee80211_sub_if_data, u.mesh.mpp_paths);
	struct mesh_path_event *event;
	__u8 destination[ETH_ALEN];
	enum path_cause otherwise;

	if (!is_watched(sdata))
		return 0;
	BPF_CORE_READ_INTO(&destination, mpath, dst);
	otherwise = deleter(sdata, destination, proxy);
	if (forget(mpath, sdata, proxy) == 0 && !proxy && is_blank(mpath) && tables_walked)
		emit_creation(mpath, sdata);
	event = reserve(sdata, proxy ? MESH_PATH_PROXY_DELETE : MESH_PATH_DELETE);
	if (!event)
		return 0;
	event->mesh_path = mpath_pointer;
	__builtin_memcpy(event->destination.octets, destination, ETH_ALEN);
	if (proxy)
		read_proxy_state(&event->before, mpath);
	else
		read_state(&event->before, mpath);
	event->states = MESH_PATH_HAS_BEFORE;
	take_cause(&event->cause, otherwise);
	if (!proxy)
		tell_ageing_from_peer_loss(event, mpath);
	record_submit(event);
	if (proxy)
		return 0;
	if (BPF_CORE_READ(mpath, is_gate))
		emit(mpath, MESH_PATH_GATE_DELETE, NULL, 0, otherwise);
	if (BPF_CORE_READ(mpath, is_root))
		emit(mpath, MESH_PATH_ROOT_DELETE, NULL, 0, otherwise);
	return 0;
}

#endif
