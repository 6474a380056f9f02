/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * States of the peer links, net/mac80211/mesh_plink.c. They are stored in many
 * places, most of them inlined; so a peer's state is compared with the one that
 * was seen last whenever a frame of it was handled, a peering frame is sent to
 * it, a command named it, or it comes and goes.
 */
#ifndef MESHPATH_PEER_BPF_H
#define MESHPATH_PEER_BPF_H

#include "table.bpf.h"

/* Behind the values of enum nl80211_plink_state. */
#define PEER_REMOVED 7

struct peer {
	__u64 sta; /* struct sta_info * */
	__u64 state;
};

struct peer_key {
	__u64 sdata;
	struct mac_slot address;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct peer_key);
	__type(value, struct peer);
} mesh_path_peers SEC(".maps");

static __noinline struct peer *find_peer(__u64 sdata, const __u8 *address)
{
	struct peer_key key = {.sdata = sdata};

	__builtin_memcpy(key.address.octets, address, ETH_ALEN);
	return bpf_map_lookup_elem(&mesh_path_peers, &key);
}

static __always_inline __u64 state_of(__u64 sta_pointer)
{
	struct sta_info *sta = (struct sta_info *)sta_pointer;

	return BPF_CORE_READ(sta, mesh, plink_state);
}

static __always_inline _Bool is_established(__u64 sdata, const __u8 *address)
{
	struct peer *peer = find_peer(sdata, address);

	return peer && state_of(peer->sta) == NL80211_PLINK_ESTAB;
}

static __noinline void emit_peer(__u64 sdata, const __u8 *address, struct peer *peer, __u64 to)
{
	struct mesh_path_event *event =
		reserve((struct ieee80211_sub_if_data *)sdata, MESH_PATH_PEER_STATE);
	struct sta_info *sta = (struct sta_info *)peer->sta;
	__u64 from = peer->state;

	peer->state = to;
	if (!event)
		return;
	__builtin_memcpy(event->destination.octets, address, ETH_ALEN);
	event->detail = from | to << 8 | (__u32)BPF_CORE_READ(sta, mesh, reason) << 16;
	/* else the timer of the peer link is all that is left */
	take_cause(&event->cause, is_leaving((struct ieee80211_sub_if_data *)sdata)
					  ? PATH_CAUSE_INTERFACE
					  : PATH_CAUSE_TIMER);
	record_submit(event);
}

static __noinline void follow_peer(__u64 sdata, const __u8 *address)
{
	struct peer *peer = find_peer(sdata, address);
	__u64 state;

	if (!peer)
		return;
	state = state_of(peer->sta);
	if (state != peer->state)
		emit_peer(sdata, address, peer, state);
}

static __noinline void learn_peer(__u64 sdata, const __u8 *address, __u64 sta)
{
	struct peer_key key = {.sdata = sdata};
	struct peer peer = {.sta = sta, .state = state_of(sta)};

	__builtin_memcpy(key.address.octets, address, ETH_ALEN);
	if (bpf_map_update_elem(&mesh_path_peers, &key, &peer, BPF_ANY))
		count(LEDGER_MAP_FULL);
}

/*
 * A station comes (from state 0) or goes (to state 0); of every driver, whether
 * it has such an operation or not: net/mac80211/driver-ops.c. Not by its
 * tracepoint, which would keep mac80211 from being unloaded.
 */
static __always_inline int on_drv_sta_state(__u64 local, __u64 sdata_pointer, __u64 sta_pointer,
					    __u64 old_state, __u64 new_state)
{
	struct ieee80211_sub_if_data *sdata = (struct ieee80211_sub_if_data *)sdata_pointer;
	struct sta_info *sta = (struct sta_info *)sta_pointer;
	struct peer_key key = {.sdata = sdata_pointer};
	struct peer *peer;

	if (BPF_CORE_READ(sdata, wdev.iftype) != NL80211_IFTYPE_MESH_POINT || !is_watched(sdata))
		return 0;
	BPF_CORE_READ_INTO(&key.address.octets, sta, addr);
	if (!(__u32)old_state) {
		learn_peer(sdata_pointer, key.address.octets, sta_pointer);
	} else if (!(__u32)new_state) {
		peer = bpf_map_lookup_elem(&mesh_path_peers, &key);
		if (peer) {
			emit_peer(sdata_pointer, key.address.octets, peer, PEER_REMOVED);
			bpf_map_delete_elem(&mesh_path_peers, &key);
		}
	}
	return 0;
}

/* A command of cfg80211 is done: the peer that it named may have another state. */
static __always_inline int on_rdev_return_int(__u64 *words)
{
	struct scope *scope = innermost_scope();
	__u8 address[ETH_ALEN] = {};

	if (!scope || scope->kind != SCOPE_COMMAND)
		return 0;
	if (scope->station && scope->sdata &&
	    is_watched((struct ieee80211_sub_if_data *)scope->sdata) &&
	    !bpf_probe_read_kernel(address, ETH_ALEN, (void *)scope->station))
		follow_peer(scope->sdata, address);
	close_scope(SCOPE_COMMAND);
	return 0;
}

#endif
