/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Path selection and peering frames, each a record of its own: received ones
 * when their handling ends, sent ones when they are handed on to the driver.
 * Their events carry the beginning of the frame as their cause.
 */
#ifndef MESHPATH_FRAME_BPF_H
#define MESHPATH_FRAME_BPF_H

#include "discovery.bpf.h"
#include "element.bpf.h"

static __noinline void copy_frame(struct mesh_frame_record *record, __u64 skb_pointer)
{
	struct sk_buff *skb = (struct sk_buff *)skb_pointer;
	__u32 length = BPF_CORE_READ(skb, len);
	__u32 bytes = length > whole_frame_bytes ? whole_frame_bytes : length;

	if (bytes > WHOLE_FRAME_ROOM)
		bytes = WHOLE_FRAME_ROOM;
	record->frame_length = length > 0xffff ? 0xffff : length;
	if (!bytes || bpf_probe_read_kernel(record->frame, bytes, BPF_CORE_READ(skb, data)))
		return;
	record->frame_bytes = bytes;
}

static __always_inline struct mesh_frame_record *reserve_frame(__u64 sdata, __u64 skb,
							       enum frame_direction direction)
{
	struct mesh_frame_record *record = record_reserve(RECORD_MESH_FRAME, sizeof(*record));

	if (!record)
		return NULL;
	__builtin_memset((void *)record + sizeof(record->header), 0,
			 sizeof(*record) - sizeof(record->header));
	read_device(&record->device, (struct ieee80211_sub_if_data *)sdata);
	record->direction = direction;
	if (skb)
		copy_frame(record, skb);
	return record;
}

/* The skb is freed by who called ieee80211_mesh_rx_queued_mgmt(). */
int emit_received(struct scope *scope)
{
	struct mesh_frame_record *record;
	struct sk_buff *skb;

	if (!scope)
		return 0;
	skb = (struct sk_buff *)scope->skb;
	if (skb && !is_frame_of(&scope->cause, (__u64)BPF_CORE_READ(skb, data)))
		skb = NULL;
	record = reserve_frame(scope->sdata, (__u64)skb, FRAME_RECEIVED);
	if (!record)
		return 0;
	record->began_ns = scope->since_ns;
	record->cause = scope->cause;
	if (!skb) {
		record->frame_length = scope->cause.frame_length;
		record->frame_bytes = scope->cause.frame_bytes;
		__builtin_memcpy(record->frame, scope->cause.frame, FRAME_ROOM);
	}
	record_submit(record);
	return 0;
}

/* @discovery: what the PREQ is sent for, or NULL. */
static __noinline void emit_sent(__u64 sdata, __u64 skb, struct discovery *discovery, __u64 mpath,
				 enum path_cause otherwise)
{
	struct mesh_frame_record *record = reserve_frame(sdata, skb, FRAME_SENT);
	struct data_frame *lost = data_frame();

	if (!record)
		return;
	record->began_ns = record->header.ktime_ns;
	if (discovery) {
		record->cause = discovery->cause;
		record->attempt = discovery->attempts;
		record->mesh_path = mpath;
	} else {
		take_cause(&record->cause, otherwise);
		if (record->cause.kind == PATH_CAUSE_TX_FAILURE && lost && lost->lost_skb)
			take_frame(&record->cause, lost->lost_skb, FRAME_80211, data_frame_bytes);
	}
	record_submit(record);
}

/* PERRs only, and what user space injects: net/mac80211/mesh_hwmp.c:mesh_path_error_tx */
static __always_inline int on_ieee80211_add_pending_skb(__u64 local, __u64 skb_pointer,
							__u64 unused)
{
	struct sk_buff *skb = (struct sk_buff *)skb_pointer;
	struct ieee80211_tx_info *info = (void *)skb + bpf_core_field_offset(struct sk_buff, cb);
	struct ieee80211_vif *vif = BPF_CORE_READ(info, control.vif);
	struct ieee80211_sub_if_data *sdata = containing(vif, struct ieee80211_sub_if_data, vif);
	__u8 frame[FRAME_ELEMENT + 1];

	if (!vif || bpf_probe_read_kernel(frame, sizeof(frame), BPF_CORE_READ(skb, data)) ||
	    !is_hwmp_frame(frame) || !is_watched(sdata))
		return 0;
	emit_sent((__u64)sdata, skb_pointer, NULL, 0, PATH_CAUSE_TX_FAILURE);
	return 0;
}

#endif
