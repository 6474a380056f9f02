/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Received HWMP elements. What they do to next hops shows in table.bpf.h; here
 * is the rest, which the kernel stores in the middle of functions that were
 * inlined: sequence numbers, error frames, roots and gates, and the elements
 * that it ignored. All run in the interface's worker, one frame at a time.
 */
#ifndef MESHPATH_HWMP_BPF_H
#define MESHPATH_HWMP_BPF_H

#include "discovery.bpf.h"
#include "element.bpf.h"
#include "frame.bpf.h"
#include "peer.bpf.h"
#include "received.bpf.h"

static __noinline _Bool has_proper_length(const struct path_cause_record *cause)
{
	__u8 length = cause->frame[FRAME_ELEMENT_LENGTH];

	return cause->frame_length >= FRAME_ELEMENT_LENGTH + 1 + length &&
	       length == (cause->kind == PATH_CAUSE_PREQ   ? PREQ_LENGTH
			  : cause->kind == PATH_CAUSE_PREP ? PREP_LENGTH
			  : cause->kind == PATH_CAUSE_PERR ? PERR_LENGTH
							   : RANN_LENGTH);
}

int emit_ignored(struct scope *scope, __u32 reason)
{
	struct mesh_path_event *event;

	if (!scope)
		return 0;
	event = reserve((struct ieee80211_sub_if_data *)scope->sdata, MESH_PATH_HWMP_IGNORED);
	if (!event)
		return 0;
	event->detail = reason;
	__builtin_memcpy(&event->cause, &scope->cause, sizeof(event->cause));
	record_submit(event);
	return 0;
}

static __noinline _Bool is_own(struct scope *scope, const __u8 *address)
{
	struct ieee80211_sub_if_data *sdata = (struct ieee80211_sub_if_data *)scope->sdata;
	__u8 own[ETH_ALEN];

	BPF_CORE_READ_INTO(&own, sdata, vif.addr);
	return same_address(own, address);
}

/* The rules of hwmp_route_info_get(), which only says that it ignored what the element told. */
static __noinline enum hwmp_ignored why_ignored(struct scope *scope)
{
	const __u8 *frame = scope->cause.frame;
	_Bool preq = scope->cause.kind == PATH_CAUSE_PREQ;
	const __u8 *address = frame + (preq ? PREQ_ORIGINATOR : PREP_TARGET);
	__u32 sn = le32(frame + (preq ? PREQ_ORIGINATOR_SN : PREP_TARGET_SN));
	struct mesh_path *mpath;

	if (is_own(scope, address))
		return HWMP_IGNORED_OWN;
	mpath = find_entry(scope->sdata, address, 0);
	if (mpath && BPF_CORE_READ(mpath, flags) & MESH_PATH_ACTIVE &&
	    BPF_CORE_READ(mpath, sn) == sn)
		return HWMP_IGNORED_WORSE_METRIC;
	return HWMP_IGNORED_STALE_SN;
}

static __always_inline int after_hwmp_route_info_get(__u64 result)
{
	struct scope *scope;

	heal_next_hop();
	open_noted_frame();
	scope = innermost_scope();
	if (!scope || scope->kind != SCOPE_MGMT_FRAME)
		return 0;
	if (!(__u32)result)
		emit_ignored(scope, why_ignored(scope));
	return 0;
}

static __always_inline void emit_from(struct scope *scope, struct mesh_path *mpath,
				      enum mesh_path_change change)
{
	emit(mpath, change, scope->subject ? &scope->before : NULL, 1, PATH_CAUSE_UNKNOWN);
}

/* inlined hwmp_preq_frame_process(): the target's SN, and the originator as a gate */
static __noinline void after_preq(struct scope *scope)
{
	struct mesh_path *target = (struct mesh_path *)scope->subject;

	if (target && BPF_CORE_READ(target, sn) != scope->before.sn &&
	    BPF_CORE_READ(target, sn) == le32(scope->cause.frame + PREQ_TARGET_SN))
		emit_from(scope, target, MESH_PATH_SN);
}

/* inlined hwmp_perr_frame_process(), where it hands no error frame on: deactivate_by_perr() */
static __noinline void after_perr(struct scope *scope)
{
	struct mesh_path *mpath = (struct mesh_path *)scope->subject;
	__u64 key = scope->subject;
	struct known_path *known;
	_Bool same_sn;

	if (scope->told & TOLD_DEACTIVATION)
		return;
	if (!mpath || !is_usable(&scope->before)) {
		emit_ignored(scope, HWMP_IGNORED_NO_PATH);
		return;
	}
	same_sn = BPF_CORE_READ(mpath, sn) == scope->before.sn;
	known = bpf_map_lookup_elem(&mesh_path_known, &key);
	/* a flag that went because of the time leaves the SN as it was */
	if (BPF_CORE_READ(mpath, flags) & MESH_PATH_ACTIVE || (same_sn && has_expired(mpath, 0)) ||
	    !known || !known->active) {
		emit_ignored(scope,
			     !same_address(scope->before.next_hop.octets, scope->cause.peer.octets)
				     ? HWMP_IGNORED_NOT_NEXT_HOP
				     : HWMP_IGNORED_STALE_SN);
		return;
	}
	known->active = 0;
	emit_from(scope, mpath, MESH_PATH_DEACTIVATE);
}

/* inlined hwmp_rann_frame_process() */
static __noinline void after_rann(struct scope *scope)
{
	const __u8 *root = scope->cause.frame + RANN_ROOT;
	struct mesh_path *mpath = find_entry(scope->sdata, root, 0);

	if (is_own(scope, root)) {
		emit_ignored(scope, HWMP_IGNORED_OWN);
		return;
	}
	if (!mpath) /* the table is full: add_failed has told */
		return;
	if (BPF_CORE_READ(mpath, sn) == scope->before.sn &&
	    BPF_CORE_READ(mpath, rann_metric) == scope->rann_metric) {
		__u32 sn = le32(scope->cause.frame + RANN_ROOT + ETH_ALEN);

		emit_ignored(scope, sn == scope->before.sn ? HWMP_IGNORED_WORSE_METRIC
							   : HWMP_IGNORED_STALE_SN);
		return;
	}
	if (BPF_CORE_READ(mpath, sn) != scope->before.sn)
		emit_from(scope, mpath, MESH_PATH_SN);
	if (BPF_CORE_READ(mpath, is_root) && !scope->before.is_root)
		emit_from(scope, mpath, MESH_PATH_ROOT_ADD);
}

/*
 * A PREQ or RANN with the gate bit: mesh_path_add_gate(), in this worker only.
 * It is compared with what was known of the entry, which may be new.
 */
static __noinline void after_announcement(struct scope *scope)
{
	_Bool preq = scope->cause.kind == PATH_CAUSE_PREQ;
	const __u8 *address = scope->cause.frame + (preq ? PREQ_ORIGINATOR : RANN_ROOT);
	struct known_path *known;
	struct mesh_path *mpath;
	__u64 key;

	if (!(scope->cause.frame[PREQ_FLAGS] & 1))
		return;
	mpath = find_entry(scope->sdata, address, 0);
	key = (__u64)mpath;
	known = bpf_map_lookup_elem(&mesh_path_known, &key);
	if (!known || known->gate || !BPF_CORE_READ(mpath, is_gate))
		return;
	known->gate = 1;
	emit(mpath, MESH_PATH_GATE_ADD, NULL, 1, PATH_CAUSE_UNKNOWN);
}

static __always_inline void after_element(struct scope *scope)
{
	if (!has_proper_length(&scope->cause)) {
		emit_ignored(scope, HWMP_IGNORED_MALFORMED);
		return;
	}
	if (!is_established(scope->sdata, scope->cause.peer.octets)) {
		emit_ignored(scope, HWMP_IGNORED_NOT_PEER);
		return;
	}
	switch (scope->cause.kind) {
	case PATH_CAUSE_PREQ:
		after_preq(scope);
		after_announcement(scope);
		break;
	case PATH_CAUSE_PERR:
		after_perr(scope);
		break;
	case PATH_CAUSE_RANN:
		after_rann(scope);
		after_announcement(scope);
		break;
	}
}

/* A frame has been handled: what it did, as far as no hook of its own has told it. */
static __always_inline void tell_frame(struct scope *scope)
{
	_Bool hwmp = is_hwmp(&scope->cause);

	heal_next_hop();
	if (scope->told & TOLD_ALL)
		return;
	scope->told |= TOLD_ALL;
	if (hwmp)
		after_element(scope);
	follow_peer(scope->sdata, scope->cause.peer.octets);
	if (hwmp || (is_action(&scope->cause) && is_peering_frame(scope->cause.frame)))
		emit_received(scope);
}

/* An exit can be skipped as an entry can: two functions further in return before. */
static __always_inline int after_inner_function(void)
{
	struct scope *scope;

	open_noted_frame();
	scope = innermost_scope();
	if (scope && scope->kind == SCOPE_MGMT_FRAME)
		tell_frame(scope);
	forget_noted_frame();
	return 0;
}

static __always_inline int after_mesh_rx_path_sel_frame(__u64 result)
{
	return after_inner_function();
}

static __always_inline int after_mesh_rx_plink_frame(__u64 result)
{
	return after_inner_function();
}

static __always_inline int after_ieee80211_mesh_rx_queued_mgmt(__u64 result)
{
	struct scope *scope;

	heal_next_hop();
	open_noted_frame();
	forget_noted_frame();
	scope = closing_scope(SCOPE_MGMT_FRAME);
	if (!scope)
		return 0;
	tell_frame(scope);
	close_scope(SCOPE_MGMT_FRAME);
	return 0;
}

/*
 * Every management frame that is sent. A peering frame follows a change of the
 * peer's state, by its timer for example, which is no hook.
 */
static __always_inline int on_ieee80211_tx_skb_tid(__u64 sdata_pointer, __u64 skb_pointer,
						   __u64 tid)
{
	struct ieee80211_sub_if_data *sdata = (struct ieee80211_sub_if_data *)sdata_pointer;
	struct sk_buff *skb = (struct sk_buff *)skb_pointer;
	__u8 frame[PREQ_TARGET + ETH_ALEN];
	struct discovery *discovery = NULL;
	__u8 own[ETH_ALEN];
	__u64 mpath = 0;

	/* a Close is 54 bytes, less than a PREQ up to its target: what it is shows in its beginning
	 */
	if (bpf_probe_read_kernel(frame, FRAME_ELEMENT + 1, BPF_CORE_READ(skb, data)) ||
	    !is_action_frame(frame) || !is_watched(sdata))
		return 0;
	if (is_peering_frame(frame)) {
		follow_peer(sdata_pointer, frame + FRAME_RECEIVER);
	} else if (!is_hwmp_frame(frame)) {
		return 0;
	} else if (frame[FRAME_ELEMENT] == ELEMENT_PREQ &&
		   !bpf_probe_read_kernel(frame, sizeof(frame), BPF_CORE_READ(skb, data))) {
		BPF_CORE_READ_INTO(&own, sdata, vif.addr);
		if (same_address(own, frame + PREQ_ORIGINATOR)) {
			mpath = (__u64)find_entry(sdata_pointer, frame + PREQ_TARGET, 0);
			discovery = start_discovery(sdata, (struct mesh_path *)mpath);
		}
	}
	emit_sent(sdata_pointer, skb_pointer, discovery, mpath, PATH_CAUSE_TIMER);
	return 0;
}

#endif
