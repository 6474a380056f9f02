/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The functions that run for each data frame: they note which frame is being
 * handled, and leave the rest to the event that may come of it.
 */
#ifndef MESHPATH_DATA_PATH_BPF_H
#define MESHPATH_DATA_PATH_BPF_H

#include "cause.bpf.h"

/* Slow path of a local frame, and where a path is created for it: net/mac80211/mesh_hwmp.c */
static __always_inline int on_mesh_nexthop_resolve(__u64 sdata, __u64 skb, __u64 unused)
{
	struct data_frame *frame = data_frame();

	if (frame) {
		frame->tx_skb = skb;
		frame->tx_form = FRAME_80211;
	}
	return 0;
}

static __always_inline int after_mesh_nexthop_resolve(__u64 result)
{
	struct data_frame *frame = data_frame();

	if (frame)
		frame->tx_skb = 0;
	return 0;
}

/* Fast path of a local frame, from 6.6 on: net/mac80211/tx.c */
static __always_inline int on_ieee80211_mesh_xmit_fast(__u64 sdata, __u64 skb, __u64 unused)
{
	struct data_frame *frame = data_frame();

	if (frame) {
		frame->tx_skb = skb;
		frame->tx_form = FRAME_8023;
	}
	return 0;
}

static __always_inline int after_ieee80211_mesh_xmit_fast(__u64 result)
{
	struct data_frame *frame = data_frame();

	if (frame)
		frame->tx_skb = 0;
	return 0;
}

/* Each frame's transmission status; those that were acknowledged end here. net/mac80211/mesh_hwmp.c
 */
static __always_inline int on_ieee80211s_update_metric(__u64 local, __u64 sta, __u64 st)
{
	struct ieee80211_tx_status *status = (struct ieee80211_tx_status *)st;
	struct data_frame *frame;

	if (BPF_CORE_READ(status, info, flags) & IEEE80211_TX_STAT_ACK)
		return 0;
	frame = data_frame();
	if (frame)
		frame->lost_skb = (__u64)BPF_CORE_READ(status, skb);
	return 0;
}

#endif
