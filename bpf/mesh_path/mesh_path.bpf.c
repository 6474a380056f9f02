// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Every event of the mesh path table and what caused it. The kernel has no
 * tracepoint for it; this is the list of the functions that are watched, and
 * where to read on:
 *
 *   cause.bpf.h      what runs, and so is the cause
 *   data_path.bpf.h  data frames
 *   command.bpf.h    commands and the interface's worker
 *   entry.bpf.h      an entry, its state and its events
 *   table.bpf.h      entries created, given a next hop, deactivated, deleted
 *   discovery.bpf.h  PREQs asked for, sent, repeated, given up
 *   element.bpf.h    where an action frame has what
 *   frame.bpf.h      the frames themselves
 *   received.bpf.h   frames that come in, as causes
 *   hwmp.bpf.h       what their elements did: sequence numbers, errors, roots, gates
 *   proxy.bpf.h      the proxy table
 *   peer.bpf.h       peer links
 *   counts.bpf.h     what the kernel counts of frames
 *   walk.bpf.h       what exists
 *
 * The handlers take plain words and read by bpf_core_read(), so that one of them
 * serves every kind of attachment.
 *
 * What most of them call is not static: the verifier examines such a function by
 * itself, once a program, and not for each state in which it is called. It takes
 * words, and memory that may be NULL, and returns an int. Calls may be eight deep.
 */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "kernel_types.h"
#include "hook.bpf.h"
#include "mesh_path.h"
#include "cause.bpf.h"
#include "data_path.bpf.h"
#include "command.bpf.h"
#include "entry.bpf.h"
#include "table.bpf.h"
#include "discovery.bpf.h"
#include "element.bpf.h"
#include "frame.bpf.h"
#include "received.bpf.h"
#include "hwmp.bpf.h"
#include "proxy.bpf.h"
#include "peer.bpf.h"
#include "counts.bpf.h"
#include "walk.bpf.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

RECORD_TYPE(struct, mesh_path_event);
RECORD_TYPE(struct, mesh_frame_record);
RECORD_TYPE(enum, frame_direction);
RECORD_TYPE(enum, mesh_path_change);
RECORD_TYPE(enum, path_cause);
RECORD_TYPE(enum, peer_loss);
RECORD_TYPE(enum, hwmp_ignored);
RECORD_TYPE(enum, frame_form);

HOOK_ENTRY(mesh_path_add)
HOOK_RETURN(mesh_path_add)
HOOK_ENTRY(mesh_path_assign_nexthop)
HOOK_ENTRY(mesh_path_tx_pending)
HOOK_RETURN(mesh_path_fix_nexthop)
HOOK_ENTRY(mesh_path_error_tx)
HOOK_ENTRY(mesh_path_free_rcu)

HOOK_ENTRY(mesh_queue_preq)
HOOK_ENTRY(mesh_path_timer)
HOOK_EXIT(mesh_path_timer)
HOOK_ENTRY(mesh_path_flush_pending)
HOOK_ENTRY(mesh_path_discard_frame)

HOOK_ENTRY(ieee80211_mesh_rx_queued_mgmt)
HOOK_EXIT(ieee80211_mesh_rx_queued_mgmt)
HOOK_ENTRY(mesh_rx_path_sel_frame)
HOOK_EXIT(mesh_rx_path_sel_frame)
HOOK_ENTRY(mesh_rx_plink_frame)
HOOK_EXIT(mesh_rx_plink_frame)
HOOK_ENTRY(hwmp_route_info_get)
HOOK_EXIT(hwmp_route_info_get)
HOOK_ENTRY(ieee80211_tx_skb_tid)
HOOK_ENTRY(ieee80211_add_pending_skb)

HOOK_RETURN(mpp_path_add)

HOOK_ENTRY_5(drv_sta_state)

HOOK_ENTRY(ieee80211_mesh_work)
HOOK_EXIT(ieee80211_mesh_work)

/* the data path: may be switched off */
HOOK_ENTRY(mesh_nexthop_resolve)
HOOK_EXIT(mesh_nexthop_resolve)
HOOK_ENTRY(ieee80211_mesh_xmit_fast)
HOOK_EXIT(ieee80211_mesh_xmit_fast)
HOOK_ENTRY(ieee80211_rx_mesh_data)
HOOK_EXIT(ieee80211_rx_mesh_data)
HOOK_ENTRY(ieee80211s_update_metric)

HOOK_TRACEPOINT(rdev_add_mpath)
HOOK_TRACEPOINT(rdev_change_mpath)
HOOK_TRACEPOINT(rdev_del_mpath)
HOOK_TRACEPOINT(rdev_add_station)
HOOK_TRACEPOINT(rdev_change_station)
HOOK_TRACEPOINT(rdev_del_station)
HOOK_TRACEPOINT(rdev_leave_mesh)
HOOK_TRACEPOINT(rdev_return_int)
