/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Management frames that come in: each opens a scope, and is the cause of what
 * happens in it. All are handled by the interface's worker, one at a time. What
 * their elements did is told in hwmp.bpf.h, when a function that handles them
 * returns.
 */
#ifndef MESHPATH_RECEIVED_BPF_H
#define MESHPATH_RECEIVED_BPF_H

#include "element.bpf.h"
#include "table.bpf.h"

static __always_inline enum path_cause cause_of(const struct path_cause_record *cause)
{
	if (cause->frame_bytes && is_beacon(cause->frame))
		return PATH_CAUSE_BEACON;
	if (is_action(cause) && is_peering_frame(cause->frame))
		return cause->frame[FRAME_ACTION] == ACTION_CLOSE ? PATH_CAUSE_PEER_LOSS
								  : PATH_CAUSE_PEERING;
	if (!is_hwmp(cause))
		return PATH_CAUSE_UNKNOWN;
	switch (cause->frame[FRAME_ELEMENT]) {
	case ELEMENT_PREQ:
		return PATH_CAUSE_PREQ;
	case ELEMENT_PREP:
		return PATH_CAUSE_PREP;
	case ELEMENT_PERR:
		return PATH_CAUSE_PERR;
	case ELEMENT_RANN:
		return PATH_CAUSE_RANN;
	}
	return PATH_CAUSE_UNKNOWN;
}

/* The path whose fields the kernel may store in a function that is no hook. */
static __always_inline struct mesh_path *subject_of(struct scope *scope)
{
	const __u8 *frame = scope->cause.frame;

	switch (scope->cause.kind) {
	case PATH_CAUSE_PREQ:
		return find_entry(scope->sdata, frame + PREQ_TARGET, 0);
	case PATH_CAUSE_PERR:
		return find_entry(scope->sdata, frame + PERR_DESTINATION, 0);
	case PATH_CAUSE_RANN:
		return find_entry(scope->sdata, frame + RANN_ROOT, 0);
	}
	return NULL;
}

/* What the frame in a new scope says: whose it is, what it causes, and which path it may change. */
static __noinline void read_frame(struct scope *scope)
{
	struct mesh_path *subject;

	__builtin_memcpy(scope->cause.peer.octets, scope->cause.frame + FRAME_TRANSMITTER,
			 ETH_ALEN);
	scope->cause.kind = cause_of(&scope->cause);
	if (scope->cause.kind == PATH_CAUSE_PEER_LOSS)
		scope->cause.peer_loss = PEER_LOSS_CLOSE;
	subject = subject_of(scope);
	if (subject) {
		scope->subject = (__u64)subject;
		scope->rann_metric = BPF_CORE_READ(subject, rann_metric);
		read_state(&scope->before, subject);
	}
}

static __always_inline int on_ieee80211_mesh_rx_queued_mgmt(__u64 sdata, __u64 skb, __u64 unused)
{
	struct scope *scope;

	if (!is_watched((struct ieee80211_sub_if_data *)sdata))
		return 0;
	heal_next_hop(); /* while the cause of what was left open is */
	scope = open_scope(SCOPE_MGMT_FRAME, sdata);
	if (!scope)
		return 0;
	scope->skb = skb;
	scope->mgmt = (__u64)BPF_CORE_READ((struct sk_buff *)skb, data);
	take_frame(&scope->cause, skb, FRAME_80211, FRAME_ROOM);
	read_frame(scope);
	return 0;
}

/*
 * A frame that one of the functions further in has at hand. On preemptible kernels
 * the program that opens its scope can have been skipped (recursion_misses): the
 * task before it was preempted inside, and whoever takes over that long work is
 * preempted in it, too. So others only note where the frame is, which is short,
 * and its scope is opened when something happens that it causes.
 */
struct noted_frame {
	__u64 sdata;
	__u64 mgmt; /* 0: none */
	__u64 length;
	__u64 since_ns;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 512);
	__type(key, __u64); /* context_key() */
	__type(value, struct noted_frame);
} noted_frames SEC(".maps");

static __always_inline struct noted_frame *noted_frame(void)
{
	__u64 key = context_key();

	return bpf_map_lookup_elem(&noted_frames, &key);
}

static __always_inline void note_frame(__u64 sdata, __u64 mgmt, __u64 length)
{
	struct noted_frame *known = noted_frame();
	struct noted_frame frame = {
		.sdata = sdata,
		.mgmt = mgmt,
		.length = length,
		.since_ns = bpf_ktime_get_ns(),
	};
	__u64 key = context_key();

	if (known)
		*known = frame;
	else if (bpf_map_update_elem(&noted_frames, &key, &frame, BPF_ANY))
		count(LEDGER_MAP_FULL);
}

static __always_inline void forget_noted_frame(void)
{
	struct noted_frame *noted = noted_frame();

	if (noted)
		noted->mgmt = 0;
}

int open_noted_frame(void)
{
	struct noted_frame *noted = noted_frame();
	struct scope *scope;

	if (!noted || !noted->mgmt || bpf_ktime_get_ns() - noted->since_ns > SCOPE_LIFE_NS ||
	    !is_watched((struct ieee80211_sub_if_data *)noted->sdata))
		return 0;
	scope = innermost_scope();
	if (scope && (scope->since_ns > noted->since_ns ||
		      (scope->kind == SCOPE_MGMT_FRAME && scope->mgmt == noted->mgmt &&
		       is_frame_of(&scope->cause, noted->mgmt))))
		return 0;
	scope = open_scope(SCOPE_MGMT_FRAME, noted->sdata);
	if (!scope)
		return 0;
	scope->mgmt = noted->mgmt;
	copy_cause_frame(&scope->cause, noted->mgmt, noted->length, FRAME_ROOM, FRAME_80211);
	read_frame(scope);
	return 0;
}

static __always_inline int on_mesh_rx_path_sel_frame(__u64 sdata, __u64 mgmt, __u64 length)
{
	note_frame(sdata, mgmt, length);
	return 0;
}

static __always_inline int on_mesh_rx_plink_frame(__u64 sdata, __u64 mgmt, __u64 length)
{
	note_frame(sdata, mgmt, length);
	return 0;
}

static __always_inline int on_hwmp_route_info_get(__u64 sdata, __u64 mgmt, __u64 element)
{
	struct noted_frame *noted = noted_frame();
	__u8 length = 0;

	if (noted && noted->mgmt == mgmt && noted->sdata == sdata)
		return 0;
	/* @element is behind its id and its length */
	if (!bpf_probe_read_kernel(&length, sizeof(length), (void *)(element - 1)))
		note_frame(sdata, mgmt, element - mgmt + length);
	return 0;
}

#endif
