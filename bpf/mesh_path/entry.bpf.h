/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * An entry of the path or the proxy table: its state, the event about it, and
 * which entries are known to exist.
 */
#ifndef MESHPATH_ENTRY_BPF_H
#define MESHPATH_ENTRY_BPF_H

#include "cause.bpf.h"

/* Only devices of this network namespace (its inode number); 0: all. */
const volatile __u32 watched_netns;
/* Length of a jiffy: CONFIG_HZ is not in BTF, user space asks clock_getres(2). */
const volatile __u64 jiffy_ns = 4000000;

/* net/mac80211/mesh_pathtbl.c: MESH_PATH_EXPIRE, how long an expired entry stays */
#define AGEING_NS 600000000000ULL

/*
 * The walk through the existing entries is over: who is unknown from now on was
 * created under our eyes.
 */
__u32 tables_walked;

/* The entries that are known to exist: mesh_path_add() returns existing ones, too. */
struct known_path {
	__u64 sdata;
	struct mac_slot destination;
	__u8 active;
	__u8 gate;
	__u8 proxy; /* it is of the proxy table */
	__u8 pad[5];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 32768);
	__type(key, __u64); /* struct mesh_path * */
	__type(value, struct known_path);
} mesh_path_known SEC(".maps");

/* The same the other way round, to find the entry that a frame names. */
struct destination_key {
	__u64 sdata;
	struct mac_slot destination;
	__u64 proxy;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 32768);
	__type(key, struct destination_key);
	__type(value, __u64); /* struct mesh_path * */
} mesh_path_by_destination SEC(".maps");

static __always_inline _Bool is_watched(struct ieee80211_sub_if_data *sdata)
{
	return !watched_netns || BPF_CORE_READ(sdata, dev, nd_net.net, ns.inum) == watched_netns;
}

/* include/linux/netdevice.h: enum netdev_state_t, __LINK_STATE_NOCARRIER */
#define NO_CARRIER (1UL << 2)

/* net/mac80211/mesh.c:ieee80211_stop_mesh takes the carrier away before all else. */
static __always_inline _Bool is_leaving(struct ieee80211_sub_if_data *sdata)
{
	return BPF_CORE_READ(sdata, dev, state) & NO_CARRIER;
}

/* include/linux/jiffies.h: time_after(jiffies, exp_time), to which a fixed path is immune */
static __always_inline _Bool has_expired(struct mesh_path *mpath, __u64 for_ns)
{
	unsigned long exp_time = BPF_CORE_READ(mpath, exp_time);

	return !(BPF_CORE_READ(mpath, flags) & MESH_PATH_FIXED) &&
	       (__s64)(exp_time + for_ns / jiffy_ns - bpf_jiffies64()) < 0;
}

static __noinline void read_state(struct mesh_path_state *state, struct mesh_path *mpath)
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
	if (has_expired(mpath, 0))
		state->flags |= MESH_PATH_EXPIRED;
	state->hop_count = BPF_CORE_READ(mpath, hop_count);
	state->is_root = BPF_CORE_READ(mpath, is_root);
	state->is_gate = BPF_CORE_READ(mpath, is_gate);
}

static __always_inline void read_proxy_state(struct mesh_path_state *state, struct mesh_path *mpath)
{
	read_state(state, mpath);
	BPF_CORE_READ_INTO(&state->next_hop.octets, mpath, mpp);
}

static __always_inline _Bool is_usable(const struct mesh_path_state *state)
{
	return state->flags & MESH_PATH_ACTIVE && !(state->flags & MESH_PATH_EXPIRED);
}

static __noinline void read_device(struct mesh_device *device, struct ieee80211_sub_if_data *sdata)
{
	struct net_device *dev = BPF_CORE_READ(sdata, dev);
	__u64 length = BPF_CORE_READ(sdata, u.mesh.mesh_id_len);

	device->netns = BPF_CORE_READ(dev, nd_net.net, ns.inum);
	device->ifindex = BPF_CORE_READ(dev, ifindex);
	BPF_CORE_READ_INTO(&device->name, dev, name);
	BPF_CORE_READ_INTO(&device->own.octets, sdata, vif.addr);
	if (length > MESH_ID_ROOM)
		length = MESH_ID_ROOM;
	device->mesh_id_length = length;
	/* what follows it there is of a former, longer one */
	BPF_CORE_READ_INTO(&device->mesh_id, sdata, u.mesh.mesh_id);
}

/*
 * Inlined wherever it is used: a record that a function returns may be NULL for
 * the verifier of 6.1 though the function has tested it, and in a callback of
 * bpf_loop() only the function that reserved a record may submit it.
 */
static __always_inline struct mesh_path_event *reserve(struct ieee80211_sub_if_data *sdata,
						       enum mesh_path_change change)
{
	struct mesh_path_event *event = record_reserve(RECORD_MESH_PATH, sizeof(*event));

	if (!event)
		return NULL;
	/* a reserved record holds what the ring held before */
	__builtin_memset((void *)event + sizeof(event->header), 0,
			 sizeof(*event) - sizeof(event->header));
	read_device(&event->device, sdata);
	event->change = change;
	return event;
}

/* An event of an entry, with its state before and after, if there are such. */
int emit_states(__u64 mpath_pointer, __u32 change, const struct mesh_path_state *before,
		__u32 after, __u32 otherwise)
{
	struct mesh_path *mpath = (struct mesh_path *)mpath_pointer;
	struct mesh_path_event *event = reserve(BPF_CORE_READ(mpath, sdata), change);

	if (!event)
		return 0;
	event->mesh_path = (__u64)mpath;
	BPF_CORE_READ_INTO(&event->destination.octets, mpath, dst);
	if (before) {
		event->before = *before;
		event->states |= MESH_PATH_HAS_BEFORE;
	}
	if (after) {
		read_state(&event->after, mpath);
		event->states |= MESH_PATH_HAS_AFTER;
	}
	take_cause(&event->cause, otherwise);
	record_submit(event);
	return 0;
}

static __always_inline void emit(struct mesh_path *mpath, enum mesh_path_change change,
				 const struct mesh_path_state *before, _Bool after,
				 enum path_cause otherwise)
{
	emit_states((__u64)mpath, change, before, after, otherwise);
}

/* The same of an entry as it is now, by what is known to have caused it. */
int emit_caused(__u64 mpath_pointer, __u64 sdata, __u32 change,
		const struct path_cause_record *cause)
{
	struct mesh_path *mpath = (struct mesh_path *)mpath_pointer;
	struct mesh_path_event *event;

	if (!cause)
		return 0;
	event = reserve((struct ieee80211_sub_if_data *)sdata, change);
	if (!event)
		return 0;
	event->mesh_path = (__u64)mpath;
	BPF_CORE_READ_INTO(&event->destination.octets, mpath, dst);
	read_state(&event->after, mpath);
	event->states = MESH_PATH_HAS_AFTER;
	__builtin_memcpy(&event->cause, cause, sizeof(event->cause));
	record_submit(event);
	return 0;
}

static __always_inline void emit_because(struct mesh_path *mpath,
					 struct ieee80211_sub_if_data *sdata,
					 enum mesh_path_change change,
					 const struct path_cause_record *cause)
{
	emit_caused((__u64)mpath, (__u64)sdata, change, cause);
}

/* --- which entries exist --------------------------------------------------------------------- */

static __always_inline void destination_of(struct destination_key *key, struct mesh_path *mpath,
					   struct ieee80211_sub_if_data *sdata, _Bool proxy)
{
	__builtin_memset(key, 0, sizeof(*key));
	key->sdata = (__u64)sdata;
	BPF_CORE_READ_INTO(&key->destination.octets, mpath, dst);
	key->proxy = proxy;
}

/* The entry of @destination, or NULL. */
static __noinline struct mesh_path *find_entry(__u64 sdata, const __u8 *destination, _Bool proxy)
{
	struct destination_key key = {.sdata = sdata, .proxy = proxy};
	__u64 *mpath;

	__builtin_memcpy(key.destination.octets, destination, ETH_ALEN);
	mpath = bpf_map_lookup_elem(&mesh_path_by_destination, &key);
	return mpath ? (struct mesh_path *)*mpath : NULL;
}

/* Whether it was unknown until now. */
static __noinline _Bool remember(struct mesh_path *mpath, struct ieee80211_sub_if_data *sdata,
				 _Bool proxy)
{
	struct known_path known = {.sdata = (__u64)sdata, .proxy = proxy};
	struct destination_key destination;
	__u64 key = (__u64)mpath;

	/* mesh_path_add() returns what another CPU has deleted meanwhile: its deletion told all */
	if (BPF_CORE_READ(mpath, flags) & MESH_PATH_DELETED)
		return 0;
	destination_of(&destination, mpath, sdata, proxy);
	known.destination = destination.destination;
	known.active = BPF_CORE_READ(mpath, flags) & MESH_PATH_ACTIVE;
	known.gate = BPF_CORE_READ(mpath, is_gate);
	if (bpf_map_lookup_elem(&mesh_path_known, &key))
		return 0;
	if (bpf_map_update_elem(&mesh_path_known, &key, &known, BPF_ANY) ||
	    bpf_map_update_elem(&mesh_path_by_destination, &destination, &key, BPF_ANY))
		count(LEDGER_MAP_FULL);
	return 1;
}

/* Whether it was known. */
static __noinline _Bool forget(struct mesh_path *mpath, struct ieee80211_sub_if_data *sdata,
			       _Bool proxy)
{
	struct destination_key destination;
	__u64 key = (__u64)mpath;
	__u64 *indexed;

	destination_of(&destination, mpath, sdata, proxy);
	/* a new entry of the same destination may have come already */
	indexed = bpf_map_lookup_elem(&mesh_path_by_destination, &destination);
	if (indexed && *indexed == key)
		bpf_map_delete_elem(&mesh_path_by_destination, &destination);
	return !bpf_map_delete_elem(&mesh_path_known, &key);
}

/*
 * A new entry carries nothing yet: mesh_path_new() clears it. It may be deleted as
 * such; 7.2 says so in the flags before it calls mesh_path_free_rcu().
 */
static __always_inline _Bool is_blank(struct mesh_path *mpath)
{
	return !(BPF_CORE_READ(mpath, flags) & ~MESH_PATH_DELETED) &&
	       !BPF_CORE_READ(mpath, next_hop) && !BPF_CORE_READ(mpath, sn);
}

#endif
