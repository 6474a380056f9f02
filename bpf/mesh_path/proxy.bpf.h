/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The proxy table: hosts behind a mesh station, learned from data frames with
 * address extension in ieee80211_rx_mesh_data(). A new entry is added by
 * mpp_path_add(); another owner is stored in place.
 */
#ifndef MESHPATH_PROXY_BPF_H
#define MESHPATH_PROXY_BPF_H

#include "table.bpf.h"

/* include/linux/ieee80211.h, struct ieee80211s_hdr behind an 802.3 header */
#define MESH_FLAGS_AT	   14
#define MESH_FLAGS_AE_MASK 0x3
#define MESH_EADDR1_AT	   20
#define MESH_EADDR2_AT	   26
#define PROXY_HEADERS	   32

static __always_inline struct mesh_path_event *reserve_proxy(struct mesh_path *mpath,
							     struct ieee80211_sub_if_data *sdata,
							     enum mesh_path_change change)
{
	struct mesh_path_event *event = reserve(sdata, change);

	if (!event)
		return NULL;
	event->mesh_path = (__u64)mpath;
	BPF_CORE_READ_INTO(&event->destination.octets, mpath, dst);
	read_proxy_state(&event->after, mpath);
	event->states = MESH_PATH_HAS_AFTER;
	/* the proxy table has no other writer */
	take_cause(&event->cause, PATH_CAUSE_DATA_RX);
	return event;
}

/* The entry is the newest of its list: hlist_add_head_rcu() in mpp_path_add(). */
static __always_inline int after_mpp_path_add(__u64 sdata_pointer, __u64 destination, __u64 owner,
					      __u64 result)
{
	struct ieee80211_sub_if_data *sdata = (struct ieee80211_sub_if_data *)sdata_pointer;
	struct mesh_path_event *event;
	struct hlist_node *node;
	__u8 wanted[ETH_ALEN] = {}, found[ETH_ALEN];

	if ((__u32)result || !is_watched(sdata) ||
	    bpf_probe_read_kernel(wanted, ETH_ALEN, (void *)destination))
		return 0;
	node = BPF_CORE_READ(sdata, u.mesh.mpp_paths.walk_head.first);
#pragma unroll
	for (int i = 0; i < 4; i++) { /* another CPU may have added one meanwhile */
		struct mesh_path *mpath = containing(node, struct mesh_path, walk_list);

		if (!node)
			break;
		BPF_CORE_READ_INTO(&found, mpath, dst);
		if (same_address(found, wanted)) {
			event = remember(mpath, sdata, 1)
					? reserve_proxy(mpath, sdata, MESH_PATH_PROXY_ADD)
					: NULL;
			if (event)
				record_submit(event);
			break;
		}
		node = BPF_CORE_READ(node, next);
	}
	return 0;
}

/*
 * Notes the entry whose owner a frame is about to change: the owner is its mesh
 * source, the host the address extension that goes with it.
 */
static __noinline void expect_owner(struct data_frame *frame, __u64 sdata, __u64 skb_pointer)
{
	struct sk_buff *skb = (struct sk_buff *)skb_pointer;
	const __u8 *data = BPF_CORE_READ(skb, data);
	__u8 owner[ETH_ALEN], flags = 0;
	struct mesh_path *mpath;

	bpf_probe_read_kernel(&flags, sizeof(flags), data + MESH_FLAGS_AT);
	if (!(flags & MESH_FLAGS_AE_MASK) ||
	    bpf_probe_read_kernel(frame->headers, PROXY_HEADERS, data))
		return;
	mpath = find_entry(
		sdata, frame->headers + (frame->headers[0] & 1 ? MESH_EADDR1_AT : MESH_EADDR2_AT),
		1);
	if (!mpath)
		return;
	BPF_CORE_READ_INTO(&owner, mpath, mpp);
	if (!same_address(owner, frame->headers + ETH_ALEN))
		frame->proxy = (__u64)mpath;
}

static __always_inline int on_ieee80211_rx_mesh_data(__u64 sdata, __u64 sta, __u64 skb)
{
	struct data_frame *frame = data_frame();

	if (!frame)
		return 0;
	frame->rx_skb = skb;
	frame->rx_sta = sta;
	frame->proxy = 0;
	expect_owner(frame, sdata, skb);
	return 0;
}

/* Its result says nothing that is the same on all kernels, so the entry is asked. */
static __always_inline int after_ieee80211_rx_mesh_data(__u64 result)
{
	struct data_frame *frame = data_frame();
	struct ieee80211_sub_if_data *sdata;
	struct mesh_path_event *event;
	struct mesh_path *mpath;
	__u8 owner[ETH_ALEN];

	if (!frame)
		return 0;
	frame->rx_skb = 0; /* it may be freed */
	if (!frame->proxy)
		return 0;
	mpath = (struct mesh_path *)frame->proxy;
	frame->proxy = 0;
	sdata = BPF_CORE_READ(mpath, sdata);
	BPF_CORE_READ_INTO(&owner, mpath, mpp);
	/* dropped on the way: for its TTL, as a copy */
	if (!same_address(owner, frame->headers + ETH_ALEN) || !is_watched(sdata))
		return 0;
	event = reserve_proxy(mpath, sdata, MESH_PATH_PROXY_CHANGE);
	if (!event)
		return 0;
	__builtin_memcpy(event->cause.frame, frame->headers, PROXY_HEADERS);
	event->cause.frame_bytes = PROXY_HEADERS;
	event->cause.frame_length = PROXY_HEADERS;
	event->cause.frame_form = FRAME_8023;
	record_submit(event);
	return 0;
}

#endif
